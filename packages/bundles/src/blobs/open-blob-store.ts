import { join } from 'node:path'
import type { BlobStore } from '@countersign/core/store/blob-store'
import { createFileBlobStore } from './file-blob-store.ts'
import { createS3BlobStore } from './s3-blob-store.ts'

/** Where the operator keeps blobs. */
export interface BlobStoreConfig {
  BLOB_STORE: 'file' | 's3'
  DATA_DIR: string
  S3_BUCKET?: string | undefined
  S3_ENDPOINT?: string | undefined
  S3_REGION: string
  AWS_ACCESS_KEY_ID?: string | undefined
  AWS_SECRET_ACCESS_KEY?: string | undefined
}

/** Opens the blob store that is configured. */
export function openBlobStore(config: BlobStoreConfig): BlobStore {
  if (config.BLOB_STORE === 'file') return createFileBlobStore(join(config.DATA_DIR, 'blobs'))
  const { S3_BUCKET: bucket, S3_ENDPOINT: endpoint, S3_REGION: region } = config
  if (!bucket) throw new Error('S3_BUCKET is needed when BLOB_STORE is s3.')
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = config
  const credentials = accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined
  return createS3BlobStore({ bucket, endpoint, region, credentials })
}
