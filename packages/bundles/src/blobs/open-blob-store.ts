import { join } from 'node:path'
import type { BlobStore } from '@countersign/core/store/blob-store'
import { createFileBlobStore } from './file-blob-store.ts'

/** Where the operator keeps blobs. */
export interface BlobStoreConfig {
  BLOB_STORE: 'file' | 's3'
  DATA_DIR: string
}

/** Opens the blob store that is configured. */
export function openBlobStore(config: BlobStoreConfig): BlobStore {
  return createFileBlobStore(join(config.DATA_DIR, 'blobs'))
}
