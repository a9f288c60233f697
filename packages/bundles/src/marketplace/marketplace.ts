import { ServiceError } from '@countersign/core/errors'
import type { BlobStore, StoredBlob } from '@countersign/core/store/blob-store'

/** A live version, as one person is served it. */
export interface ServedPlugin {
  slug: string
  n: number
  /** Of the rendition under this slug: the name of its archive in the blob store. */
  hash: string
  name: string
  description: string
  category: string | null
  ownerHandle: string
}

/** What one person is served: their installs, live versions only. */
export interface Marketplace {
  /** What clients know it by. Two people may have different marketplaces of one name. */
  name: string
  ownerName: string
  description: string
  plugins: readonly ServedPlugin[]
}

/** The plugins in the one order in which every face shows them. */
export function sortPlugins({ plugins }: Marketplace): ServedPlugin[] {
  return plugins.toSorted((a, b) => (a.slug < b.slug ? -1 : 1))
}

/**
 * Finds the archive of a live version. Throws `unavailable` if it is not there: to leave the plugin out
 * would tell clients to remove it.
 */
export async function requireArchive(
  blobs: Pick<BlobStore, 'find'>,
  { slug, hash }: Pick<ServedPlugin, 'slug' | 'hash'>,
): Promise<StoredBlob> {
  const blob = await blobs.find(hash)
  if (blob) return blob
  throw new ServiceError('unavailable', { detail: `The bytes of ${slug} are missing.` })
}

/** Refuses to serve a plugin whose bytes are not those that were approved. */
export function refuseDamaged({ slug }: Pick<ServedPlugin, 'slug'>): never {
  throw new ServiceError('unavailable', { detail: `The bytes of ${slug} are damaged.` })
}
