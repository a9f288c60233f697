import { createServer } from 'node:net'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { createS3BlobStore } from '@countersign/bundles/blobs/s3-blob-store'
import { findFreePort } from '@countersign/runtime/free-port'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { blobOf, copyOf, requireBlob, testBlobStore } from '../../support/blob-store-contract.ts'
import { type S3Server, startS3Server, unpackS3Server } from '../../support/s3-server.ts'
import { until } from '../../support/until.ts'

const unpacked = unpackS3Server()

describe.skipIf(!unpacked)('the store of blobs in S3', () => {
  let server: S3Server
  let buckets = 0

  beforeAll(async () => {
    if (unpacked) server = await startS3Server(unpacked)
  })
  afterAll(() => server?.stop())

  /** A store in a bucket of its own, and what it was made with. */
  async function createBucket() {
    const { endpoint, credentials } = server
    buckets += 1
    const options = { bucket: `bucket-${buckets}`, region: 'us-east-1', endpoint, credentials }
    const client = new S3Client({ ...options, forcePathStyle: true })
    await client.send(new CreateBucketCommand({ Bucket: options.bucket }))
    return { options, store: createS3BlobStore(options) }
  }

  testBlobStore(async () => (await createBucket()).store)

  test('a blob that is there is not written over', async () => {
    const { store } = await createBucket()
    const [one, other] = [await blobOf(Buffer.from('one')), await blobOf(Buffer.from('other'))]
    await store.put(one.hash, one.path)
    await store.put(one.hash, other.path)
    expect(String(await (await requireBlob(store, one.hash)).read(0, 3))).toBe('one')
  })

  test('more blobs than fit on a page are listed', async () => {
    const { store } = await createBucket()
    const { path } = await blobOf(Buffer.from('x'))
    const hashes = Array.from({ length: 1010 }, (_, index) => `${index}`.padStart(64, '0'))
    // So many at once, that the server may need a moment for itself.
    const put = (hash: string) => until(async () => store.put(hash, await copyOf(path)))
    for (let at = 0; at < hashes.length; at += 20) {
      await Promise.all(hashes.slice(at, at + 20).map(put))
    }
    const listed = await Array.fromAsync(store.list(), ({ hash }) => hash)
    expect(listed.sort()).toEqual(hashes)
  })

  test('a large blob is sent and read as a stream', async () => {
    const { store } = await createBucket()
    const { hash, path, bytes } = await blobOf(Buffer.alloc(40 << 20, hashText))
    await store.put(hash, path)
    let at = 0
    for await (const chunk of (await requireBlob(store, hash)).stream()) {
      expect(bytes.subarray(at, at + chunk.length).equals(chunk)).toBe(true)
      at += chunk.length
    }
    expect(at).toBe(bytes.length)
  })

  test('a wrong key and a missing bucket are failures, not missing blobs', async () => {
    const { options } = await createBucket()
    const { hash, path } = await blobOf(Buffer.from('words'))
    const credentials = { ...options.credentials, secretAccessKey: 'wrong' }
    for (const wrong of [
      { ...options, credentials },
      { ...options, bucket: 'nowhere' },
    ]) {
      const store = createS3BlobStore(wrong)
      await expect(store.put(hash, path)).rejects.toMatchObject({ code: 'unavailable' })
      await expect(Array.fromAsync(store.list())).rejects.toMatchObject({ code: 'unavailable' })
    }
    const store = createS3BlobStore({ ...options, credentials })
    await expect(store.find(hash)).rejects.toMatchObject({ code: 'unavailable' })
  })

  test('a connection that breaks while a blob is sent is tried again', async () => {
    const { options } = await createBucket()
    const proxy = await startBrokenProxy(new URL(options.endpoint).port, 2)
    const store = createS3BlobStore({ ...options, endpoint: proxy.url })
    const { hash, path } = await blobOf(Buffer.alloc(3 << 20, hashText))
    await store.put(hash, path)
    expect((await requireBlob(store, hash)).size).toBe(3 << 20)
    expect(proxy.broken()).toBe(2)
    proxy.close()
  })
})

test('a server that is not there makes the store unavailable', async () => {
  const endpoint = `http://127.0.0.1:${await findFreePort()}`
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' }
  const store = createS3BlobStore({ bucket: 'b', region: 'us-east-1', endpoint, credentials })
  const { hash, path } = await blobOf(Buffer.from('words'))
  await expect(store.put(hash, path)).rejects.toMatchObject({ code: 'unavailable' })
  await expect(store.find(hash)).rejects.toMatchObject({ code: 'unavailable' })
})

const hashText = 'words and more words, so that no part is like another part of them: '

/** Passes connections on, but breaks the first ones after 64 KiB of what is sent. */
async function startBrokenProxy(port: string, breaks: number) {
  const { connect } = process.getBuiltinModule('node:net')
  let broken = 0
  const server = createServer((client) => {
    const target = connect(Number(port), '127.0.0.1')
    let sent = 0
    client.on('data', (chunk) => {
      sent += chunk.length
      if (broken < breaks && sent > 65_536) {
        broken += 1
        client.resetAndDestroy()
        target.destroy()
      } else target.write(chunk)
    })
    target.pipe(client)
    for (const socket of [client, target]) socket.on('error', () => {})
    client.on('close', () => target.destroy())
  })
  const chosen = await findFreePort()
  await new Promise<void>((ready) => server.listen(chosen, '127.0.0.1', ready))
  return {
    url: `http://127.0.0.1:${chosen}`,
    broken: () => broken,
    close: () => server.close(),
  }
}
