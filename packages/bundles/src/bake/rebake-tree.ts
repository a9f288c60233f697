import type { BakedIdentity } from '@countersign/core/ports'
import type { EntityType } from '@countersign/core/store/entity'
import type { BundleFile, FileTree } from '@countersign/core/store/file-tree'
import {
  parsePluginManifest,
  readStamp,
  restore,
  unstampFields,
} from '../manifest/plugin-manifest.ts'
import { readManifest } from '../manifest/read-manifest.ts'
import { type AuthorBundle, pluginManifestPath } from './author-bundle.ts'
import { type BakedTree, bakeTree } from './bake-tree.ts'

/**
 * Bakes a served tree anew under another slug or number: what baking the author's own bundle under
 * them would have given, to the byte.
 */
export async function rebakeTree(
  tree: FileTree,
  type: EntityType,
  identity: BakedIdentity,
): Promise<BakedTree> {
  return bakeTree(await unbakeTree(tree, type), identity)
}

/** Finds the author's bundle in a served tree. Of the upload's own folders nothing is left. */
export async function unbakeTree(tree: FileTree, type: EntityType): Promise<AuthorBundle> {
  const served = requireFile(tree, pluginManifestPath)
  const stamp = readStamp(parsePluginManifest(await served.read()).fields)
  const files = type === 'plugin' ? tree : unwrap(tree, type)
  const path = anchorPaths[type]
  const anchor = requireFile(files, path)
  const { fields: written, parseError } = readManifest(type, await anchor.read())
  const fields =
    type === 'plugin' ? unstampFields(written) : restore(written, 'name', stamp.authorName)
  return { type, files, manifest: { path, containerName: '', fields, parseError }, ...stamp }
}

/** Where the anchor of an unbaked bundle stands. No file of an author has an absolute path. */
const anchorPaths = { plugin: pluginManifestPath, skill: 'SKILL.md', agent: '/agent.md' } as const

/** Takes a skill or an agent out of the plugin that we made around it. */
function unwrap(tree: FileTree, type: 'skill' | 'agent'): FileTree {
  return tree.flatMap((file) => {
    const path = unwrapPath(file.path, type)
    return path === undefined ? [] : [{ ...file, path }]
  })
}

function unwrapPath(path: string, type: 'skill' | 'agent'): string | undefined {
  if (path === pluginManifestPath) return undefined
  if (type === 'skill') return path.replace(/^skills\/[^/]+\//, '')
  return path.startsWith('agents/') ? anchorPaths.agent : path.replace(/^assets\//, '')
}

function requireFile(tree: FileTree, path: string): BundleFile {
  const file = tree.find((each) => each.path === path)
  if (!file) throw new Error(`The served tree has no ${path}.`)
  return file
}
