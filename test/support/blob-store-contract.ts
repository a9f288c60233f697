import { createHash, randomBytes } from 'node:crypto'
import { copyFile, readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { BlobStore, StoredBlob } from '@countersign/core/store/blob-store'
import { expect, test } from 'vitest'
import { createFolder } from './create-folder.ts'

/** A file, and the hash that its bytes are kept under. */
export async function blobOf(bytes: Buffer) {
  const path = join(await createFolder(), 'blob')
  await writeFile(path, bytes)
  return { path, bytes, hash: createHash('sha256').update(bytes).digest('hex') }
}

/** Another file with the same bytes, as a store takes what it is given. */
export async function copyOf(path: string): Promise<string> {
  const copy = `${path}-${randomBytes(6).toString('hex')}`
  await copyFile(path, copy)
  return copy
}

/** A blob that has to be there. */
export async function requireBlob(store: BlobStore, hash: string): Promise<StoredBlob> {
  return (await store.find(hash)) ?? expect.fail(`${hash} is not there.`)
}

/** What every blob store promises, on a store that is made anew for each test. */
export function testBlobStore(createStore: () => Promise<BlobStore>): void {
  test('what was put is found, whole and in parts', async () => {
    const store = await createStore()
    const { hash, path, bytes } = await blobOf(randomBytes(300_000))
    await store.put(hash, path)
    const blob = await requireBlob(store, hash)
    expect(blob.size).toBe(300_000)
    expect(await blob.read(0, 300_000)).toEqual(bytes)
    expect(await blob.read(1000, 1010)).toEqual(bytes.subarray(1000, 1010))
    expect(await blob.read(7, 7)).toHaveLength(0)
    expect(await buffer(blob.stream())).toEqual(bytes)
    expect(await buffer(blob.stream(5, 299_999))).toEqual(bytes.subarray(5, 299_999))
    expect(await buffer(blob.stream(5, 5))).toHaveLength(0)
  })

  test('a read past the end fails, and gives no fewer bytes', async () => {
    const store = await createStore()
    const { hash, path } = await blobOf(Buffer.from('words'))
    await store.put(hash, path)
    await expect((await store.find(hash))?.read(2, 6)).rejects.toThrow()
  })

  test('what was never put is not found', async () => {
    const store = await createStore()
    expect(await store.find('0'.repeat(64))).toBeUndefined()
  })

  test('nothing is a blob too', async () => {
    const store = await createStore()
    const { hash, path } = await blobOf(Buffer.alloc(0))
    await store.put(hash, path)
    const blob = await requireBlob(store, hash)
    expect([blob.size, await buffer(blob.stream())]).toEqual([0, Buffer.alloc(0)])
  })

  test('twenty who put the same blob at once put one', async () => {
    const store = await createStore()
    const { hash, path, bytes } = await blobOf(randomBytes(200_000))
    const paths = await Promise.all(Array.from({ length: 20 }, () => copyOf(path)))
    await Promise.all(paths.map((each) => store.put(hash, each)))
    expect(await Array.fromAsync(store.list())).toEqual([{ hash, size: 200_000 }])
    expect(await (await store.find(hash))?.read(0, 200_000)).toEqual(bytes)
  })

  test('a blob that is being put is not there, or is there whole', async () => {
    const store = await createStore()
    const { hash, path } = await blobOf(randomBytes(8 << 20))
    const put = store.put(hash, path).then(() => true)
    const sizes = new Set<number | undefined>()
    while (!(await Promise.race([put, Promise.resolve(false)]))) {
      sizes.add((await store.find(hash))?.size)
    }
    expect([undefined, 8 << 20]).toEqual(expect.arrayContaining([...sizes]))
  })

  test('a deleted blob is gone, and can be put again', async () => {
    const store = await createStore()
    const { hash, path } = await blobOf(Buffer.from('words'))
    await store.put(hash, await copyOf(path))
    await store.delete(hash)
    await store.delete(hash)
    expect(await store.find(hash)).toBeUndefined()
    expect(await Array.fromAsync(store.list())).toEqual([])
    await store.put(hash, path)
    expect(await store.find(hash)).toBeDefined()
  })

  test('every blob is listed', async () => {
    const store = await createStore()
    const blobs = await Promise.all([1, 2, 3].map((size) => blobOf(randomBytes(size))))
    for (const { hash, path } of blobs) await store.put(hash, path)
    const listed = await Array.fromAsync(store.list(), ({ hash, size }) => `${hash} ${size}`)
    expect(listed.sort()).toEqual(blobs.map(({ hash, bytes }) => `${hash} ${bytes.length}`).sort())
  })

  test('a file that was put is the store’s, and gone from where it was', async () => {
    const store = await createStore()
    const { hash, path } = await blobOf(Buffer.from('words'))
    await store.put(hash, path)
    expect(await readdir(dirname(path))).toEqual([])
  })

  test('a file that is not there puts nothing', async () => {
    const store = await createStore()
    const { hash, path } = await blobOf(Buffer.from('words'))
    await expect(store.put(hash, `${path}-not`)).rejects.toThrow()
    expect(await store.find(hash)).toBeUndefined()
  })

  test('what is no hash is asked for nowhere', async () => {
    const store = await createStore()
    const { path } = await blobOf(Buffer.from('words'))
    for (const hash of ['../../../etc/passwd', 'A'.repeat(64), '', `${'0'.repeat(64)}/x`]) {
      await expect(store.put(hash, path)).rejects.toThrow('Not the hash')
      await expect(store.find(hash)).rejects.toThrow('Not the hash')
      await expect(store.delete(hash)).rejects.toThrow('Not the hash')
    }
  })
}
