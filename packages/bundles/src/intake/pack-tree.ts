import { promisify } from 'node:util'
import { crc32, deflateRaw } from 'node:zlib'
import type { FileTree } from '@countersign/core/store/file-tree'
import { writeNewFile } from '../archive/write-new-file.ts'
import { createZipDirectory, encodeLocalHeader, type ZipMember } from '../zip/write-zip.ts'
import { methods } from '../zip/zip-records.ts'
import { limits } from './limits.ts'
import { refuseBundle } from './refuse-bundle.ts'

const deflate = promisify(deflateRaw)

/**
 * Packs a tree for an upload into a new file. The same tree gives the same bytes, whoever packs it,
 * where and when, as long as their Node compresses alike. Throws `too_large` as the upload would.
 */
export async function packTree(tree: FileTree, path: string): Promise<void> {
  let size = 0
  async function* counted() {
    for await (const chunk of encode(tree)) {
      size += chunk.length
      if (size > limits.archiveBytesMax) refuseLarge()
      yield chunk
    }
  }
  await writeNewFile(path, counted())
}

function refuseLarge(): never {
  refuseBundle('too_large', `Packed, it is larger than ${limits.archiveBytesMax >> 20} MiB.`)
}

async function* encode(tree: FileTree): AsyncGenerator<Uint8Array> {
  const directory = createZipDirectory()
  for (const { path, isExecutable, read } of tree) {
    const bytes = await read()
    const packed = await pack(bytes)
    const method = packed === bytes ? methods.store : methods.deflate
    const sizes = { size: bytes.length, packedSize: packed.length }
    const member: ZipMember = { path, isExecutable, method, crc: crc32(bytes), ...sizes }
    directory.add(member)
    yield encodeLocalHeader(member)
    yield packed
  }
  yield directory.end()
}

/** Packs a file, unless that gains nothing or so much that it would be taken for a bomb. */
async function pack(bytes: Uint8Array): Promise<Uint8Array> {
  const packed = await deflate(bytes, { level: 9 })
  const isHonest =
    bytes.length <= limits.ratioFreeBytes || bytes.length <= packed.length * limits.ratioMax
  return isHonest && packed.length < bytes.length ? packed : bytes
}
