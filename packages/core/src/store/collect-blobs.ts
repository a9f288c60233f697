import type { Ports } from '../ports.ts'
import type { BlobStore } from './blob-store.ts'

const batch = 100

/**
 * Removes stored bytes that no version needs any more, and that nobody has announced for a day.
 *
 * Each blob's row stays locked while its bytes are removed; an upload of the same bytes announces them
 * on that row first, so it waits and then stores them anew. Gives how many it looked at.
 */
export async function collectBlobs({
  store,
  transact,
  blobs,
}: Pick<Ports, 'store' | 'transact'> & { blobs: Pick<BlobStore, 'delete'> }): Promise<number> {
  const hashes = await store.versions.listUnneededBlobs(batch)
  for (const hash of hashes) {
    await transact(async ({ versions }) => {
      if (!(await versions.forgetBlob(hash))) return
      await blobs.delete(hash)
    })
  }
  return hashes.length
}
