import type { BlobStore, StoredBlob } from '@countersign/core/store/blob-store'
import type { StoredFile } from '../archive/open-archive.ts'
import { type BoundedCache, createBoundedCache } from '../marketplace/bounded-cache.ts'
import { encodeLocalCatalogue } from '../marketplace/catalogue.ts'
import {
  type Marketplace,
  refuseDamaged,
  requireArchive,
  type ServedPlugin,
  sortPlugins,
} from '../marketplace/marketplace.ts'
import {
  createCommit,
  createObject,
  createTree,
  type GitObject,
  type TreeEntry,
} from './git-object.ts'
import { type PluginObjects, readPluginObjects } from './plugin-objects.ts'

/** What a marketplace is as a git repository, at one moment: one commit, and all that it needs. */
export interface Snapshot {
  commitId: string
  /** Small things, held whole: the commit, the folders, the catalogue. */
  objects: readonly GitObject[]
  /** The plugins' files, each once, by the archive that they are read from. */
  archives: readonly { plugin: ServedPlugin; files: readonly (StoredFile & { id: string })[] }[]
}

/** Takes snapshots of marketplaces, and remembers what the plugins in them look like as objects. */
export interface SnapshotTaker {
  take(marketplace: Marketplace): Promise<Snapshot>
  /** The archive of a plugin in a snapshot. */
  open(plugin: ServedPlugin): Promise<StoredBlob>
}

/** No file is changed by the checkout: what is installed is what was approved, on Windows too. */
const attributes = '* -text\n'

/** Files of plugins that are remembered at a time, at some 300 bytes each. */
const filesMax = 200_000

export function createSnapshotTaker(blobs: Pick<BlobStore, 'find'>): SnapshotTaker {
  const known: BoundedCache<PluginObjects> = createBoundedCache({
    weightMax: filesMax,
    weigh: ({ files, trees }) => files.length + trees.length,
  })
  const open = (plugin: ServedPlugin) => requireArchive(blobs, plugin)

  return {
    open,
    async take(marketplace) {
      const plugins: [ServedPlugin, PluginObjects][] = []
      for (const plugin of sortPlugins(marketplace)) {
        const load = async () =>
          (await readPluginObjects(await open(plugin), plugin.hash)) ?? refuseDamaged(plugin)
        plugins.push([plugin, await known.get(plugin.hash, load)])
      }
      return assemble(marketplace, plugins)
    },
  }
}

function assemble(
  marketplace: Marketplace,
  plugins: readonly [ServedPlugin, PluginObjects][],
): Snapshot {
  const catalogue = createObject('blob', Buffer.from(encodeLocalCatalogue(marketplace)))
  const gitAttributes = createObject('blob', Buffer.from(attributes))
  const catalogueFolder = createTree([fileEntry('marketplace.json', catalogue)])
  const pluginsFolder = createTree(
    plugins.map(([{ slug }, { rootId }]) => ({ name: slug, mode: '40000', id: rootId })),
  )
  const root = createTree([
    fileEntry('.gitattributes', gitAttributes),
    { name: '.claude-plugin', mode: '40000', id: catalogueFolder.id },
    ...(plugins.length > 0
      ? [{ name: 'plugins', mode: '40000', id: pluginsFolder.id } as const]
      : []),
  ])
  const commit = createCommit(root.id)
  const own = [commit, root, catalogueFolder, catalogue, gitAttributes]
  const folders = plugins.flatMap(([, { trees }]) => trees)
  const objects = [...own, ...(plugins.length > 0 ? [pluginsFolder] : []), ...folders]
  return { commitId: commit.id, ...withoutRepeats(objects, plugins) }
}

const fileEntry = (name: string, { id }: GitObject): TreeEntry => ({ name, mode: '100644', id })

/** Every object once, however many places it has: a pack tells beforehand how many there are. */
function withoutRepeats(
  objects: readonly GitObject[],
  plugins: readonly [ServedPlugin, PluginObjects][],
): Omit<Snapshot, 'commitId'> {
  const seen = new Set<string>()
  const isNew = ({ id }: { id: string }) => !seen.has(id) && seen.add(id) !== undefined
  return {
    objects: objects.filter(isNew),
    archives: plugins.map(([plugin, { files }]) => ({ plugin, files: files.filter(isNew) })),
  }
}
