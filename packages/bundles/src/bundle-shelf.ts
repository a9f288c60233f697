import { Readable } from 'node:stream'
import { ServiceError } from '@countersign/core/errors'
import type { BundleShelf } from '@countersign/core/ports'
import type { BlobStore, StoredBlob } from '@countersign/core/store/blob-store'
import { openArchive } from './archive/open-archive.ts'
import { verifyArchive } from './archive/verify-archive.ts'
import { type ByteSource, createBytesSource } from './zip/byte-source.ts'

/** What is fetched whole: asking for its parts one by one would take longer. */
const smallBytesMax = 1 << 20

/** The stored renditions, read from wherever blobs are kept. */
export function createBundleShelf(blobs: BlobStore): BundleShelf {
  return {
    async open(hash) {
      const blob = await blobs.find(hash)
      if (!blob) throw new ServiceError('bundle_unservable')
      return openArchive(await toSource(blob))
    },

    async isIntact(hash) {
      const blob = await blobs.find(hash)
      return blob !== undefined && (await verifyArchive(await toSource(blob), hash))
    },

    async stream(hash) {
      const blob = await blobs.find(hash)
      return blob && { stream: Readable.from(blob.stream()), size: blob.size }
    },
  }
}

async function toSource(blob: StoredBlob): Promise<ByteSource> {
  return blob.size > smallBytesMax ? blob : createBytesSource(await blob.read(0, blob.size))
}
