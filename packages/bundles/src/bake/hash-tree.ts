import { createHash } from 'node:crypto'
import type { FileEntry } from '@countersign/core/store/file-tree'

/**
 * The canonical hash of a tree: 64 hex digits that differ wherever a path, a byte or an executable bit
 * does.
 *
 * It is the SHA-256 of the line `countersign-tree-v1` and then, for each file in the order of the tree,
 * the line `<mark> <sha256> <length>:<path>`. The mark is `x` for an executable file and `-` for any
 * other; the hash is that of the bytes, in hex; the length is that of the path in UTF-8 bytes. Lines end
 * with a line feed. As the path's length stands in front of it, no two trees are framed alike.
 */
export function hashTree(
  entries: readonly Pick<FileEntry, 'path' | 'sha256' | 'isExecutable'>[],
): string {
  const hash = createHash('sha256').update('countersign-tree-v1\n')
  for (const { path, sha256, isExecutable } of entries) {
    hash.update(`${isExecutable ? 'x' : '-'} ${sha256} ${Buffer.byteLength(path)}:${path}\n`)
  }
  return hash.digest('hex')
}
