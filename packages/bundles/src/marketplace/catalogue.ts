import { bakedVersion } from '../manifest/plugin-manifest.ts'
import { type Marketplace, type ServedPlugin, sortPlugins } from './marketplace.ts'

/** Where a client finds a plugin: in the same tree, or in an archive of its own. */
export type PluginSource = string | { source: 'archive'; url: string; sha256: string }

/**
 * The text of a `marketplace.json`. The same plugins give the same bytes.
 *
 * `forceRemoveDeletedPlugins` makes clients remove what is listed no more: so that archiving a plugin, or
 * hiding it, takes it from everybody who has it.
 */
export function encodeCatalogue(
  marketplace: Marketplace,
  sourceOf: (plugin: ServedPlugin) => PluginSource,
): string {
  const { name, ownerName, description } = marketplace
  const plugins = sortPlugins(marketplace).map((plugin) => ({
    name: plugin.slug,
    displayName: plugin.name,
    description: plugin.description,
    version: bakedVersion(plugin.n),
    author: { name: plugin.ownerHandle },
    ...(plugin.category === null ? {} : { category: plugin.category }),
    source: sourceOf(plugin),
  }))
  const catalogue = {
    name,
    owner: { name: ownerName },
    metadata: { description },
    forceRemoveDeletedPlugins: true,
    plugins,
  }
  return `${JSON.stringify(catalogue, null, 2)}\n`
}

/** Where the catalogue stands in a tree or an archive that holds the plugins as well. */
export const cataloguePath = '.claude-plugin/marketplace.json'

/** The folder of a plugin beside such a catalogue. */
export function pluginFolder({ slug }: Pick<ServedPlugin, 'slug'>): string {
  return `plugins/${slug}`
}

/** The catalogue of a tree in which every plugin has its folder. */
export function encodeLocalCatalogue(marketplace: Marketplace): string {
  return encodeCatalogue(marketplace, (plugin) => `./${pluginFolder(plugin)}`)
}
