import type { ShownFile } from './list-files.ts'

/** A line of the tree. */
export interface TreeNode {
  path: string
  name: string
  level: number
  /** Absent for a folder. */
  file: ShownFile | undefined
}

/** The lines of the tree, folders before what they hold, without what lies in a closed one. */
export function treeNodes(files: readonly ShownFile[], closed: ReadonlySet<string>): TreeNode[] {
  const nodes: TreeNode[] = []
  const seen = new Set<string>()
  for (const file of files) {
    const folders = foldersOf(file.path)
    for (const folder of folders) {
      if (seen.has(folder) || isInside(folder, closed)) continue
      seen.add(folder)
      nodes.push({ path: folder, name: nameOf(folder), level: levelOf(folder), file: undefined })
    }
    if (folders.some((folder) => closed.has(folder))) continue
    nodes.push({ path: file.path, name: nameOf(file.path), level: levelOf(file.path), file })
  }
  return nodes
}

function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1)
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'))
}

function isInside(folder: string, closed: ReadonlySet<string>): boolean {
  return foldersOf(folder).some((parent) => closed.has(parent))
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function levelOf(path: string): number {
  return path.split('/').length
}
