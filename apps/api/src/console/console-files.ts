import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

/** One file of the built console, as it is sent. */
export interface ConsoleFile {
  type: string
  etag: string
  /** Whether its name changes with its bytes, so that nobody ever has to ask for it again. */
  isImmutable: boolean
  /** The bytes as the reader can take them, each encoding made once. */
  encode(accepted: string): Promise<{ encoding: string | undefined; bytes: Buffer }>
}

export type ConsoleFiles = ReadonlyMap<string, ConsoleFile>

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

const encoders = {
  br: (bytes: Buffer) =>
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (bytes: Buffer) => promisify(gzip)(bytes, { level: 9 }),
}

const dist = new URL('../../../console/dist/', import.meta.url)

/** Reads the built console, by path. Empty where it was not built: then the API serves none. */
export async function readConsole(): Promise<ConsoleFiles> {
  const entries = await readdir(dist, { recursive: true, withFileTypes: true }).catch(() => [])
  const paths = entries
    .filter((entry) => entry.isFile() && extname(entry.name) in types)
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(dist.pathname.length))
    .map((path) => path.replace(/^\//, ''))
  const files = paths.map(
    async (path) => [path, toFile(path, await readFile(new URL(path, dist)))] as const,
  )
  return new Map(await Promise.all(files))
}

function toFile(path: string, bytes: Buffer): ConsoleFile {
  const encoded = new Map<string, Promise<Buffer>>()
  return {
    type: types[extname(path)] ?? 'application/octet-stream',
    etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
    isImmutable: path.startsWith('assets/'),
    async encode(accepted) {
      const encoding = (['br', 'gzip'] as const).find((name) => accepted.includes(name))
      if (!encoding) return { encoding, bytes }
      const made = encoded.get(encoding) ?? encoders[encoding](bytes)
      encoded.set(encoding, made)
      return { encoding, bytes: await made }
    },
  }
}
