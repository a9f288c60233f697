import type { AuthorManifest } from '@countersign/core/guardrails/inspection'
import type { BakedIdentity } from '@countersign/core/ports'
import type { EntityType } from '@countersign/core/store/entity'
import type { BundleFile, FileTree } from '@countersign/core/store/file-tree'
import { sortTree } from '../intake/sort-tree.ts'
import {
  type Fields,
  parsePluginManifest,
  stampPluginManifest,
} from '../manifest/plugin-manifest.ts'
import { readManifest } from '../manifest/read-manifest.ts'
import { setFrontMatterName } from '../manifest/set-front-matter-name.ts'
import { type AuthorBundle, pluginManifestPath } from './author-bundle.ts'

/** A bundle as it is served: always a plugin, under our name and number. */
export interface BakedTree {
  readonly type: EntityType
  readonly tree: FileTree
  /** Files that we wrote ourselves. Nobody is blamed for what is in them. */
  readonly generatedPaths: readonly string[]
  /** Files that are not the author's to the byte: ours, and those that carry the slug or the number. */
  readonly touchedPaths: readonly string[]
  /** What the author's own manifest says; its `path` is that in `tree`. */
  readonly manifest: AuthorManifest
  readonly authorVersion: string | null
  /** What it was baked from. */
  readonly bundle: AuthorBundle
}

/**
 * Bakes a bundle under a slug and a version number. The same bundle and identity give the same bytes.
 *
 * A skill becomes `skills/<slug>/`, an agent `agents/<slug>.md` with its other files in `assets/`, where
 * none of them is loaded as something else, and both get a manifest. A plugin keeps its tree.
 */
export async function bakeTree(bundle: AuthorBundle, identity: BakedIdentity): Promise<BakedTree> {
  if (!/^[a-z0-9][a-z0-9-]*$/.test(identity.slug)) {
    throw new Error(`A slug has letters, digits and hyphens: ${identity.slug}`)
  }
  return bundle.type === 'plugin' ? bakePlugin(bundle, identity) : wrap(bundle, identity)
}

async function bakePlugin(bundle: AuthorBundle, identity: BakedIdentity): Promise<BakedTree> {
  const { path } = bundle.manifest
  const anchor = requireFile(bundle.files, path)
  const bytes = await anchor.read()
  const { fields, parseError } = parsePluginManifest(bytes)
  // What nobody can read is left as it is: it never passes the checks, and is shown as it came.
  const stamped =
    parseError === null ? stampPluginManifest(fields, { ...bundle, ...identity }) : bytes
  const file = toFile(path, stamped, anchor.isExecutable)
  const tree = bundle.files.map((each) => (each === anchor ? file : each))
  return finish(bundle, { tree, path, generatedPaths: [] })
}

/** Makes a plugin around a skill or an agent. */
async function wrap(bundle: AuthorBundle, identity: BakedIdentity): Promise<BakedTree> {
  const { type, files, manifest } = bundle
  const { anchorPath, folder } = placesOf(type, identity.slug)
  const anchor = requireFile(files, manifest.path)
  const named = setFrontMatterName(await anchor.read(), identity.slug)
  const others = files.filter((file) => file !== anchor)
  const generated = stampPluginManifest(describe(type, named), { ...bundle, ...identity })
  const tree = sortTree([
    toFile(pluginManifestPath, generated),
    toFile(anchorPath, named, anchor.isExecutable),
    ...others.map((file) => ({ ...file, path: `${folder}${file.path}` })),
  ])
  return finish(bundle, { tree, path: anchorPath, generatedPaths: [pluginManifestPath] })
}

/** Where a wrapped bundle keeps its anchor, and everything else. */
function placesOf(type: EntityType, slug: string): { anchorPath: string; folder: string } {
  return type === 'skill'
    ? { anchorPath: `skills/${slug}/SKILL.md`, folder: `skills/${slug}/` }
    : { anchorPath: `agents/${slug}.md`, folder: 'assets/' }
}

/** What the wrapping plugin says of itself: the author's words as served, so that it depends on nothing else. */
function describe(type: EntityType, anchor: Uint8Array): Fields {
  const { description } = readManifest(type, anchor).fields
  return { name: '', version: '', ...(typeof description === 'string' ? { description } : {}) }
}

function finish(
  bundle: AuthorBundle,
  baked: { tree: FileTree; path: string; generatedPaths: string[] },
): BakedTree {
  const { type, authorVersion } = bundle
  const { tree, path, generatedPaths } = baked
  const touchedPaths = [...generatedPaths, path]
  const manifest = { ...bundle.manifest, path }
  return { type, tree, generatedPaths, touchedPaths, manifest, authorVersion, bundle }
}

function requireFile(files: FileTree, path: string): BundleFile {
  const file = files.find((each) => each.path === path)
  if (!file) throw new Error(`The bundle has no ${path}.`)
  return file
}

function toFile(path: string, bytes: Uint8Array, isExecutable = false): BundleFile {
  return { path, size: bytes.length, isExecutable, read: async () => bytes }
}
