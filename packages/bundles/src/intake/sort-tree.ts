import type { FileTree } from '@countersign/core/store/file-tree'

/** Puts files into the one order of a tree: by path, code unit by code unit. */
export function sortTree(files: FileTree): FileTree {
  return files.toSorted((a, b) => (a.path < b.path ? -1 : 1))
}
