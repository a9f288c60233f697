import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import { ServiceError } from '@countersign/core/errors'
import type { BlobStore, StoredBlob } from '@countersign/core/store/blob-store'
import { requireAdmitted } from '@countersign/egress/guard/admit'
import { targetOf } from '@countersign/egress/guard/target'
import { removeFile } from '../archive/remove-file.ts'
import { requireHash } from './require-hash.ts'

export interface S3Options {
  bucket: string
  region: string
  /** The server, if it is not AWS. Its buckets are then named in the path. */
  endpoint?: string | undefined
  /** The keys, if they are not where the SDK looks for them by itself. */
  credentials?: { accessKeyId: string; secretAccessKey: string } | undefined
}

interface Place {
  client: S3Client
  bucket: string
}

/** In front of every key, so that the bucket may hold other things. */
const prefix = 'blobs/'

/**
 * Keeps blobs as objects of a bucket. An object is there once all of it arrived, and is written only
 * where there is none.
 */
export function createS3BlobStore({ bucket, ...options }: S3Options): BlobStore {
  const target = targetOf(
    'object',
    options.endpoint ?? `https://s3.${options.region}.amazonaws.com`,
    bucket,
  )
  const place = { client: new S3Client(clientConfig(options)), bucket }
  const keyOf = (hash: string) => {
    requireHash(hash)
    return `${prefix}${hash}`
  }

  return {
    async put(hash, path) {
      requireAdmitted(target, 'put')
      await reach(() => putFile(place, keyOf(hash), path))
      await removeFile(path)
    },

    async find(hash) {
      const key = keyOf(hash)
      const head = await reach(() =>
        orMissing(place.client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }))),
      )
      return head && openBlob(place, key, head.ContentLength ?? 0)
    },

    async delete(hash) {
      requireAdmitted(target, 'delete')
      const command = new DeleteObjectCommand({ Bucket: bucket, Key: keyOf(hash) })
      await reach(() => orMissing(place.client.send(command)))
    },

    async *list() {
      let after: string | undefined
      do {
        const command = new ListObjectsV2Command({
          Bucket: bucket,
          Prefix: prefix,
          ContinuationToken: after,
        })
        const page = await reach(() => place.client.send(command))
        for (const { Key = '', Size: size = 0 } of page.Contents ?? []) {
          yield { hash: Key.slice(prefix.length), size }
        }
        after = page.NextContinuationToken
      } while (after)
    },
  }
}

function clientConfig({ region, endpoint, credentials }: Omit<S3Options, 'bucket'>) {
  return {
    region,
    ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
    ...(credentials ? { credentials } : {}),
    // Checksums that the SDK adds of its own accord are more than many servers understand.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // Without one the SDK prints warnings of its own. Failures are told by what is thrown.
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 60_000 },
  } satisfies S3ClientConfig
}

const triesMax = 4

/** Puts a file unless there is one. A stream cannot be sent twice, so each try opens its own. */
async function putFile(place: Place, key: string, path: string): Promise<void> {
  const { size } = await stat(path)
  const digest = await hashFile(path)
  for (let tries = 1; ; tries += 1) {
    const error = await tryPut(place, key, createReadStream(path), { size, digest })
    if (!error || statusOf(error) === 412) return
    if (tries === triesMax || !isPassing(error)) throw error
    await wait(100 * 2 ** tries)
  }
}

async function tryPut(
  { client, bucket }: Place,
  key: string,
  body: Readable,
  { size, digest }: { size: number; digest: string },
): Promise<unknown> {
  try {
    await client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: body,
        ContentLength: size,
        IfNoneMatch: '*',
        ContentType: 'application/zip',
        ChecksumSHA256: digest,
      }),
    )
    return undefined
  } catch (error) {
    return error
  } finally {
    body.destroy()
  }
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return hash.digest('base64')
}

function openBlob(place: Place, key: string, size: number): StoredBlob {
  return {
    size,
    async read(start, end) {
      const chunks: Uint8Array[] = []
      for await (const chunk of get(place, key, start, end)) chunks.push(chunk)
      const bytes = Buffer.concat(chunks)
      if (bytes.length !== end - start) throw new RangeError('Read past the end of the object.')
      return bytes
    },
    stream: (start = 0, end = size) => get(place, key, start, end),
  }
}

async function* get(
  { client, bucket }: Place,
  key: string,
  start: number,
  end: number,
): AsyncGenerator<Uint8Array> {
  if (start === end) return
  const range = { Bucket: bucket, Key: key, Range: `bytes=${start}-${end - 1}` }
  const { Body: body } = await reach(() => client.send(new GetObjectCommand(range)))
  if (!(body instanceof Readable)) throw new Error('The object came without its bytes.')
  yield* body
}

/** What is no answer of the server, or one that it takes back if asked again. */
function isPassing(error: unknown): boolean {
  const status = statusOf(error)
  return status === undefined || status === 409 || status === 429 || status >= 500
}

async function orMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (statusOf(error) === 404 && !isMissingBucket(error)) return undefined
    throw error
  }
}

function isMissingBucket(error: unknown): boolean {
  return error instanceof Error && error.name === 'NoSuchBucket'
}

/** Tells callers that the store cannot be reached, and the log why. */
async function reach<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof S3ServiceException) && !isNetworkFailure(error)) throw error
    throw new ServiceError('unavailable', {
      detail: 'The store of the bundles does not answer.',
      cause: error,
    })
  }
}

function isNetworkFailure(error: unknown): boolean {
  return error instanceof Error && ('code' in error || error.name === 'TimeoutError')
}

function statusOf(error: unknown): number | undefined {
  return error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined
}
