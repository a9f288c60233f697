import type { DiffView, FileView, FindingView } from '@countersign/sdk'

export type FileChange = DiffView['files'][number]

/** A file as the tree shows it: one of this version, or one that the version before had. */
export interface ShownFile {
  path: string
  /** Absent for a file that is gone. */
  entry: FileView | undefined
  /** What became of it; absent where nothing did, or there is nothing to compare with. */
  change: FileChange | undefined
  findingCount: number
}

/** The files of a version and those it took away, by path, with what changed and was found in each. */
export function listFiles(
  files: readonly FileView[],
  changes: readonly FileChange[] | undefined,
  findings: readonly FindingView[],
): ShownFile[] {
  const changed = new Map((changes ?? []).map((change) => [change.path, change]))
  const counts = new Map<string, number>()
  for (const { file } of findings) if (file) counts.set(file, (counts.get(file) ?? 0) + 1)
  const describe = (path: string, entry: FileView | undefined): ShownFile => ({
    path,
    entry,
    change: changed.get(path),
    findingCount: counts.get(path) ?? 0,
  })
  const here = files.map((entry) => describe(entry.path, entry))
  const known = new Set(files.map(({ path }) => path))
  const gone = [...changed.keys()].filter((path) => !known.has(path))
  return [...here, ...gone.map((path) => describe(path, undefined))].toSorted((a, b) =>
    a.path < b.path ? -1 : 1,
  )
}
