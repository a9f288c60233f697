import type { FileEntry } from '@countersign/core/store/file-tree'

export type TreeEntry = FileEntry

export interface Change {
  from?: TreeEntry
  to?: TreeEntry
}

/**
 * Pairs the files of two inventories that differ, by path. A file that went from one path to another
 * with the same bytes is one change; so is one of the same base name, where only one of each is left.
 */
export function listChanges(before: readonly TreeEntry[], after: readonly TreeEntry[]): Change[] {
  const old = new Map(before.map((entry) => [entry.path, entry]))
  const now = new Map(after.map((entry) => [entry.path, entry]))
  const kept = after.flatMap((to): Change[] => {
    const from = old.get(to.path)
    return from && isChanged(from, to) ? [{ from, to }] : []
  })
  const removed = before.filter(({ path }) => !now.has(path))
  const added = after.filter(({ path }) => !old.has(path))
  const moved = [...pairBy(removed, added, ({ sha256 }) => sha256)]
  const rest = (entries: readonly TreeEntry[], side: 'from' | 'to') =>
    entries.filter((entry) => !moved.some((pair) => pair[side] === entry))
  moved.push(...pairBy(rest(removed, 'from'), rest(added, 'to'), baseName))
  const changes = [
    ...kept,
    ...moved,
    ...rest(removed, 'from').map((from) => ({ from })),
    ...rest(added, 'to').map((to) => ({ to })),
  ]
  return changes.toSorted((a, b) => (pathOf(a) < pathOf(b) ? -1 : 1))
}

function isChanged(from: TreeEntry, to: TreeEntry): boolean {
  return from.sha256 !== to.sha256 || from.isExecutable !== to.isExecutable
}

/** Pairs entries of one key, where that key leads to one entry on each side. */
function pairBy(
  removed: readonly TreeEntry[],
  added: readonly TreeEntry[],
  keyOf: (entry: TreeEntry) => string,
): Change[] {
  const from = Map.groupBy(removed, keyOf)
  const to = Map.groupBy(added, keyOf)
  return [...from].flatMap(([key, [one, ...others]]) => {
    const [other, ...more] = to.get(key) ?? []
    return one && other && others.length + more.length === 0 ? [{ from: one, to: other }] : []
  })
}

function baseName({ path }: TreeEntry): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function pathOf({ from, to }: Change): string {
  return to?.path ?? from?.path ?? ''
}
