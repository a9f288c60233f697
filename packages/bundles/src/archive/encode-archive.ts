import { crc32 } from 'node:zlib'
import type { BundleFile, FileTree } from '@countersign/core/store/file-tree'
import { createZipDirectory, encodeLocalHeader } from '../zip/write-zip.ts'
import { methods } from '../zip/zip-records.ts'

/**
 * The stored form of a tree, chunk by chunk: a ZIP whose files lie in it as they are, in the order of
 * the tree. It depends on the tree alone, and any file in it can be read without the rest.
 *
 * Reads each file once, tells `seen` of it, and holds one at a time.
 */
export async function* encodeArchive(
  tree: FileTree,
  seen: (file: BundleFile, bytes: Uint8Array) => void = () => {},
): AsyncGenerator<Uint8Array> {
  const directory = createZipDirectory()
  for (const file of tree) {
    const bytes = await file.read()
    seen(file, bytes)
    const { path, isExecutable } = file
    const size = bytes.length
    const sizes = { size, packedSize: size }
    const member = { path, isExecutable, method: methods.store, crc: crc32(bytes), ...sizes }
    directory.add(member)
    yield encodeLocalHeader(member)
    yield bytes
  }
  yield directory.end()
}
