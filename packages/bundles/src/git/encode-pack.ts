import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { deflate } from 'node:zlib'
import { readStoredFiles } from '../archive/read-stored-files.ts'
import type { GitType } from './git-object.ts'
import type { Snapshot, SnapshotTaker } from './snapshot.ts'

const compress = promisify(deflate)

const typeNumbers: Record<GitType, number> = { commit: 1, tree: 2, blob: 3 }

/** The pack of everything in a snapshot, chunk by chunk: no deltas, one file in memory at a time. */
export async function* encodePack(
  { objects, archives }: Snapshot,
  { open }: Pick<SnapshotTaker, 'open'>,
): AsyncGenerator<Uint8Array> {
  const checksum = createHash('sha1')
  const count = archives.reduce((sum, { files }) => sum + files.length, objects.length)
  const counted = async function* () {
    yield encodePackHeader(count)
    for (const { type, bytes } of objects) yield await encodeEntry(type, bytes)
    for (const { plugin, files } of archives) {
      if (files.length === 0) continue
      for await (const [, bytes] of readStoredFiles(await open(plugin), files)) {
        yield await encodeEntry('blob', bytes)
      }
    }
  }
  for await (const chunk of counted()) {
    checksum.update(chunk)
    yield chunk
  }
  yield checksum.digest()
}

function encodePackHeader(count: number): Buffer {
  const header = Buffer.from('PACK\0\0\0\x02\0\0\0\0', 'latin1')
  header.writeUInt32BE(count, 8)
  return header
}

async function encodeEntry(type: GitType, bytes: Uint8Array): Promise<Buffer> {
  return Buffer.concat([encodeEntryHeader(type, bytes.length), await compress(bytes, { level: 1 })])
}

/** The type and size of an entry: four bits of the size, and then seven in each byte that follows. */
function encodeEntryHeader(type: GitType, size: number): Buffer {
  const bytes = [(typeNumbers[type] << 4) | (size & 0x0f)]
  for (let rest = Math.floor(size / 16); rest > 0; rest = Math.floor(rest / 128)) {
    bytes.push((bytes.pop() ?? 0) | 0x80, rest & 0x7f)
  }
  return Buffer.from(bytes)
}
