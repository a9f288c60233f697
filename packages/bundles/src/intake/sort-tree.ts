/** Puts files into the one order of a tree: by path, code unit by code unit. */
export function sortTree<File extends { path: string }>(files: readonly File[]): readonly File[] {
  return files.toSorted((a, b) => (a.path < b.path ? -1 : 1))
}
