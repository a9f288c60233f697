import type { EntityType } from '@countersign/core/store/entity'
import type { BundleFile, FileTree } from '@countersign/core/store/file-tree'
import { pluginManifestPath } from '../bake/author-bundle.ts'
import { decodeText, splitFrontMatter } from '../manifest/front-matter.ts'
import { readLoosely } from '../manifest/read-loosely.ts'
import { quotePath, refuseBundle } from './refuse-bundle.ts'

/** The file that says what a bundle is, and the folder that is the bundle. */
export interface Anchor {
  type: EntityType
  file: BundleFile
  /** With a slash at the end; empty at the top of the archive. */
  folder: string
}

const wanted: Record<EntityType, string> = {
  plugin: pluginManifestPath,
  skill: 'a SKILL.md',
  agent: 'a Markdown file with `name` and `description` in its front matter',
}

/**
 * Finds what a bundle is, by the shallowest of its anchors. A folder that is a plugin as well as a skill
 * is what it is said to be; Markdown that describes an agent is only asked where there is neither.
 */
export async function findAnchor(files: FileTree, type: EntityType): Promise<Anchor> {
  const anchor = await findShallowest(files, type)
  if (!anchor) refuseBundle('missing_anchor', `A bundle of type ${type} needs ${wanted[type]}.`)
  if (anchor.type !== type) {
    const found = quotePath(anchor.file.path)
    refuseBundle('wrong_type', `${found} makes this a bundle of type ${anchor.type}, not ${type}.`)
  }
  const stray = files.find(({ path }) => !path.startsWith(anchor.folder))
  if (stray) {
    const place = quotePath(anchor.folder)
    refuseBundle('stray_files', `${quotePath(stray.path)} lies outside of the bundle in ${place}.`)
  }
  return anchor
}

async function findShallowest(files: FileTree, type: EntityType): Promise<Anchor | undefined> {
  const candidates = files.flatMap(toCandidate).sort((a, b) => depth(a) - depth(b))
  for (const sameDepth of Map.groupBy(candidates, depth).values()) {
    const anchor = chooseFolder(sameDepth, type) ?? (await chooseAgent(sameDepth))
    if (anchor) return anchor
  }
  return undefined
}

const depth = ({ folder }: Anchor) => folder.split('/').length

/** What a file would be the anchor of, going by its name. */
function toCandidate(file: BundleFile): Anchor[] {
  const { path } = file
  if (path === pluginManifestPath || path.endsWith(`/${pluginManifestPath}`)) {
    return [{ type: 'plugin', file, folder: path.slice(0, -pluginManifestPath.length) }]
  }
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  const name = path.slice(folder.length)
  if (/^skill\.md$/i.test(name)) return [{ type: 'skill', file, folder }]
  const isDocument = /^(?:readme|changelog|license|contributing|claude|agents|gemini)\.md$/i
  return name.endsWith('.md') && !isDocument.test(name) ? [{ type: 'agent', file, folder }] : []
}

/** The plugin or skill at one depth. Its folder decides, whatever Markdown lies beside. */
function chooseFolder(candidates: readonly Anchor[], type: EntityType): Anchor | undefined {
  const ofType = (wanted: EntityType) => candidates.filter((anchor) => anchor.type === wanted)
  const anchors = [...ofType('plugin'), ...ofType('skill')]
  const [first] = anchors
  const second = anchors.find(({ folder }) => folder !== first?.folder)
  if (first && second) refuseSeveral(first, second)
  return anchors.find((anchor) => anchor.type === type) ?? first
}

/** The only Markdown file at one depth that describes an agent. */
async function chooseAgent(candidates: readonly Anchor[]): Promise<Anchor | undefined> {
  const agents: Anchor[] = []
  for (const anchor of candidates) {
    if (describesAgent(await anchor.file.read())) agents.push(anchor)
  }
  const [first, second] = agents
  if (first && second) refuseSeveral(first, second)
  return first
}

/** Asks the lenient reader: it takes no time, however many files somebody made to be asked about. */
function describesAgent(bytes: Uint8Array): boolean {
  const { name, description } = readLoosely(splitFrontMatter(decodeText(bytes).text)?.yaml ?? '')
  return Boolean(name) && Boolean(description)
}

function refuseSeveral(first: Anchor, second: Anchor): never {
  const both = `${quotePath(first.file.path)} and ${quotePath(second.file.path)}`
  refuseBundle('multiple_plugins', `There is more than one bundle in the archive: ${both}.`)
}
