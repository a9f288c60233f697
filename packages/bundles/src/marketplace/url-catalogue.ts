import type { BlobStore } from '@countersign/core/store/blob-store'
import { digestArchive } from '../archive/verify-archive.ts'
import { type BoundedCache, createBoundedCache } from './bounded-cache.ts'
import { encodeCatalogue } from './catalogue.ts'
import {
  type Marketplace,
  refuseDamaged,
  requireArchive,
  type ServedPlugin,
} from './marketplace.ts'

/**
 * Makes the catalogues whose plugins are archives under URLs, each with the hash of its bytes. Throws
 * `unavailable` for bytes that are not what was approved: a catalogue vouches for what it names.
 */
export function createUrlCatalogue(blobs: Pick<BlobStore, 'find'>) {
  const digests: BoundedCache<string> = createBoundedCache({ weightMax: 100_000, weigh: () => 1 })

  async function digestOf(plugin: ServedPlugin): Promise<string> {
    return digests.get(plugin.hash, async () => {
      const digest = await digestArchive(await requireArchive(blobs, plugin), plugin.hash)
      return digest ?? refuseDamaged(plugin)
    })
  }

  /** The text of a catalogue. `urlOf` tells where the archive of a plugin can be had. */
  return async (
    marketplace: Marketplace,
    urlOf: (plugin: ServedPlugin) => string,
  ): Promise<string> => {
    const found = new Map<string, string>()
    for (const plugin of marketplace.plugins) found.set(plugin.slug, await digestOf(plugin))
    return encodeCatalogue(marketplace, (plugin) => ({
      source: 'archive',
      url: urlOf(plugin),
      sha256: found.get(plugin.slug) ?? '',
    }))
  }
}
