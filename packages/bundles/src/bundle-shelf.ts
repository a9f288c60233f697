import { Readable } from 'node:stream'
import { ServiceError } from '@countersign/core/errors'
import type { BundleShelf } from '@countersign/core/ports'
import type { BlobStore } from '@countersign/core/store/blob-store'
import { openArchive } from './archive/open-archive.ts'
import { verifyArchive } from './archive/verify-archive.ts'

/** The stored renditions, read from wherever blobs are kept. */
export function createBundleShelf(blobs: BlobStore): BundleShelf {
  return {
    async open(hash) {
      const blob = await blobs.find(hash)
      if (!blob) throw new ServiceError('bundle_unservable')
      return openArchive(blob)
    },

    async isIntact(hash) {
      const blob = await blobs.find(hash)
      return blob !== undefined && (await verifyArchive(blob, hash))
    },

    async stream(hash) {
      const blob = await blobs.find(hash)
      return blob && { stream: Readable.from(blob.stream()), size: blob.size }
    },
  }
}
