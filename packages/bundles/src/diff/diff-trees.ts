import type { FileTree } from '@countersign/core/store/file-tree'
import { diffTexts } from './diff-texts.ts'
import { type Change, listChanges, type TreeEntry } from './list-changes.ts'

/** What became of one file between two versions. */
export interface FileDiff {
  path: string
  change: 'added' | 'removed' | 'modified' | 'renamed'
  /** Where it was before, if it was renamed. */
  fromPath: string | null
  /** The change as a unified patch; `null` where there is none to show. */
  patch: string | null
  /** Why there is no patch, or what else changed. */
  note: string | null
}

/** One side: the inventory, and the bytes behind it. */
export interface DiffSide {
  entries: readonly TreeEntry[]
  tree: FileTree
}

/** The changes between two versions, by path. Files are compared by their bytes, and read only where they differ. */
export async function diffTrees(before: DiffSide, after: DiffSide): Promise<FileDiff[]> {
  const diffs: FileDiff[] = []
  for (const change of listChanges(before.entries, after.entries)) {
    const shown = await showPatch(before.tree, after.tree, change.from, change.to)
    diffs.push({ ...nameChange(change), ...shown })
  }
  return diffs
}

function nameChange({ from, to }: Change): Pick<FileDiff, 'path' | 'change' | 'fromPath'> {
  if (from && to) {
    const isMoved = from.path !== to.path
    const change = isMoved ? 'renamed' : 'modified'
    return { path: to.path, change, fromPath: isMoved ? from.path : null }
  }
  return { path: to?.path ?? from?.path ?? '', change: to ? 'added' : 'removed', fromPath: null }
}

async function showPatch(
  before: FileTree,
  after: FileTree,
  from: TreeEntry | undefined,
  to: TreeEntry | undefined,
): Promise<Pick<FileDiff, 'patch' | 'note'>> {
  const mode = describeMode(from, to)
  if (from?.sha256 === to?.sha256) return { patch: null, note: mode }
  if ((from && from.kind !== 'text') || (to && to.kind !== 'text')) {
    const sizes = `${from?.size ?? 0} → ${to?.size ?? 0} bytes`
    return { patch: null, note: ['Not text', sizes, mode].filter(Boolean).join(', ') }
  }
  const texts = await Promise.all([readText(before, from), readText(after, to)])
  const patch = diffTexts(
    { path: from?.path ?? '/dev/null', text: texts[0] },
    { path: to?.path ?? '/dev/null', text: texts[1] },
  )
  return patch === undefined
    ? {
        patch: null,
        note: ['Too different to be shown as a patch', mode].filter(Boolean).join(', '),
      }
    : { patch, note: mode }
}

function describeMode(from: TreeEntry | undefined, to: TreeEntry | undefined): string | null {
  if (!from || !to || from.isExecutable === to.isExecutable) return null
  return to.isExecutable ? 'became executable' : 'is no longer executable'
}

async function readText(tree: FileTree, entry: TreeEntry | undefined): Promise<string> {
  const file = entry && tree.find(({ path }) => path === entry.path)
  return file ? new TextDecoder().decode(await file.read()) : ''
}
