import { createHash } from 'node:crypto'
import type { StoredBlob } from '@countersign/core/store/blob-store'
import { openArchive, type StoredFile } from '../archive/open-archive.ts'
import { readStoredFiles } from '../archive/read-stored-files.ts'
import { hashTree } from '../bake/hash-tree.ts'
import { createTree, type GitObject, hashObject, type TreeEntry } from './git-object.ts'

/** A plugin as git objects: its folders whole, of its files only the names and places. */
export interface PluginObjects {
  /** The tree of the plugin's root. */
  rootId: string
  trees: readonly GitObject[]
  files: readonly (StoredFile & { id: string })[]
}

/** Files that git would obey instead of only carrying them. */
const obeyed = new Set(['.gitattributes', '.gitmodules'])

/**
 * Reads a stored archive once and turns it into git objects; gives nothing if its tree has another hash.
 * Leaves out `.gitattributes`, by which a checkout could be made to change the bytes that were approved,
 * and `.gitmodules`.
 */
export async function readPluginObjects(
  blob: StoredBlob,
  hash: string,
): Promise<PluginObjects | undefined> {
  const stored = await openArchive(blob)
  const files: (StoredFile & { id: string })[] = []
  const entries: Parameters<typeof hashTree>[0][number][] = []
  for await (const [file, bytes] of readStoredFiles(blob, stored)) {
    entries.push({ ...file, sha256: createHash('sha256').update(bytes).digest('hex') })
    const name = file.path.slice(file.path.lastIndexOf('/') + 1).toLowerCase()
    if (!obeyed.has(name)) files.push({ ...file, id: hashObject('blob', bytes) })
  }
  if (hashTree(entries) !== hash) return undefined
  const trees: GitObject[] = []
  const rootId = collectTrees(trees, files, '')
  return { rootId, trees, files }
}

/** Makes the tree of a folder after those of the folders in it. */
function collectTrees(
  trees: GitObject[],
  files: readonly (StoredFile & { id: string })[],
  folder: string,
): string {
  const byName = Map.groupBy(files, ({ path }) => path.slice(folder.length).split('/', 1)[0] ?? '')
  const entries = [...byName].map(([name, inside]): TreeEntry => {
    const [file] = inside
    if (file?.path === `${folder}${name}`) {
      return { name, mode: file.isExecutable ? '100755' : '100644', id: file.id }
    }
    return { name, mode: '40000', id: collectTrees(trees, inside, `${folder}${name}/`) }
  })
  const tree = createTree(entries)
  trees.push(tree)
  return tree.id
}
