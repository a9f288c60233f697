import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { BlobStore } from '@countersign/core/store/blob-store'
import type { Marketplace } from '../marketplace/marketplace.ts'
import { encodePack } from './encode-pack.ts'
import { encodeSideBand, flush, type Packet, parsePackets } from './packet-line.ts'
import { advertise0, answer0 } from './protocol-0.ts'
import { advertise2, answer2 } from './protocol-2.ts'
import { createSnapshotTaker } from './snapshot.ts'

const unzip = promisify(gunzip)

/** A request for something below `/marketplace.git`. */
export interface GitRequest {
  method: string
  /** What follows the repository's name, such as `info/refs`. */
  path: string
  /** The `service` of the query. */
  service?: string | undefined
  /** The header `git-protocol`. */
  protocol?: string | undefined
  /** The header `content-encoding`. */
  encoding?: string | undefined
  body?: AsyncIterable<Uint8Array> | undefined
}

export interface GitResponse {
  status: number
  headers: Record<string, string>
  body: AsyncIterable<Uint8Array>
}

/** Clients list what they have in a request, which is one commit, mostly. */
const bodyBytesMax = 1 << 20

/**
 * Serves marketplaces as git repositories that can only be read, by git's smart HTTP protocols, in
 * the first and the second version. Needs no git: the objects are made of the stored archives.
 *
 * A repository has one commit without parents, made of what is live now. Any other is refused.
 */
export function createGitServer(blobs: Pick<BlobStore, 'find'>) {
  const taker = createSnapshotTaker(blobs)

  async function advertise(request: GitRequest, marketplace: Marketplace): Promise<GitResponse> {
    if (request.service !== 'git-upload-pack') return refuse(403, 'This repository is read-only.')
    const snapshot = await taker.take(marketplace)
    const text = isSecond(request) ? advertise2() : advertise0(snapshot)
    return succeed('advertisement', only(text))
  }

  async function answer(request: GitRequest, marketplace: Marketplace): Promise<GitResponse> {
    const packets = await readPackets(request)
    if (!packets) return refuse(400, 'The request is not one of git.')
    const snapshot = await taker.take(marketplace)
    const { text, hasPack } = (isSecond(request) ? answer2 : answer0)(packets, snapshot)
    if (!hasPack) return succeed('result', only(text))
    const pack = encodeSideBand(encodePack(snapshot, taker))
    return succeed('result', joined(text, pack, flush))
  }

  return async (request: GitRequest, marketplace: Marketplace): Promise<GitResponse> => {
    const { method, path } = request
    if (method === 'GET' && path === 'info/refs') return advertise(request, marketplace)
    if (method === 'POST' && path === 'git-upload-pack') return answer(request, marketplace)
    if (path === 'git-receive-pack') return refuse(403, 'This repository is read-only.')
    return refuse(404, 'There is nothing here for git.')
  }
}

function isSecond({ protocol }: GitRequest): boolean {
  return protocol?.split(':').includes('version=2') ?? false
}

async function readPackets({ body, encoding }: GitRequest): Promise<Packet[] | undefined> {
  try {
    const bytes = await readBody(body)
    const isZipped = encoding === 'gzip' || encoding === 'x-gzip'
    return parsePackets(isZipped ? await unzip(bytes, { maxOutputLength: bodyBytesMax }) : bytes)
  } catch {
    return undefined
  }
}

async function readBody(body: GitRequest['body']): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body ?? []) {
    size += chunk.length
    if (size > bodyBytesMax) throw new RangeError('The request is too large.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function succeed(kind: 'advertisement' | 'result', body: AsyncIterable<Uint8Array>): GitResponse {
  const headers = {
    'content-type': `application/x-git-upload-pack-${kind}`,
    'cache-control': 'no-cache, max-age=0, must-revalidate',
  }
  return { status: 200, headers, body }
}

function refuse(status: number, text: string): GitResponse {
  return { status, headers: { 'content-type': 'text/plain' }, body: only(`${text}\n`) }
}

async function* only(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text, 'latin1')
}

async function* joined(before: string, chunks: AsyncIterable<Uint8Array>, after: string) {
  yield* only(before)
  yield* chunks
  yield* only(after)
}
