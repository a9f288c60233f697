import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createFileBlobStore } from '@countersign/bundles/blobs/file-blob-store'
import { expect, onTestFinished, test } from 'vitest'
import { blobOf, requireBlob, testBlobStore } from '../../support/blob-store-contract.ts'
import { createFolder } from '../../support/create-folder.ts'

testBlobStore(async () => createFileBlobStore(join(await createFolder(), 'blobs')))

const putBlobs = fileURLToPath(new URL('../../support/put-blobs.ts', import.meta.url))
const hashes = Array.from({ length: 200 }, () => randomBytes(32).toString('hex'))

test('a process killed while it puts leaves whole blobs, or none', async () => {
  const root = await createFolder()
  const { path, bytes } = await blobOf(randomBytes(4 << 20))
  for (const delayMs of [0, 2, 5, 9]) {
    const child = spawn(process.execPath, [putBlobs, root, path, ...hashes])
    const output = text(child.stdout)
    await once(child.stdout, 'data')
    await wait(delayMs)
    await kill(child)
    const told = (await output).split('\n').filter(Boolean)
    expect(told.length).toBeGreaterThan(0)
    const store = createFileBlobStore(root)
    const listed = await Array.fromAsync(store.list())
    expect(listed.map(({ hash }) => hash)).toEqual(expect.arrayContaining(told))
    for (const { hash, size } of listed) {
      const found = await (await requireBlob(store, hash)).read(0, size)
      expect(bytes.equals(found)).toBe(true)
    }
  }
})

test('what a killed process left half-written is gone after a day', async () => {
  const root = await createFolder()
  const drafts = join(root, 'incoming')
  await mkdir(drafts)
  const dayAgo = new Date(Date.now() - 25 * 60 * 60 * 1000)
  await Promise.all(['old', 'new'].map((name) => writeFile(join(drafts, name), 'half')))
  await utimes(join(drafts, 'old'), dayAgo, dayAgo)
  expect(await Array.fromAsync(createFileBlobStore(root).list())).toEqual([])
  expect(await readdir(drafts)).toEqual(['new'])
})

test('a full disk is told as one, and nothing of the blob stays', async () => {
  const { path } = await blobOf(randomBytes(200_000))
  const root = await createFolderOnOtherDisk(path)
  const put = [process.execPath, putBlobs, root, path, ...hashes.slice(0, 1)]
  const { stdout, stderr } = spawnSync('sh', ['-c', onFullDisk(root), 'sh', ...put], {
    encoding: 'utf8',
  })
  expect([stdout, stderr]).toEqual(['unavailable, 0 drafts left\n', ''])
  expect(await Array.fromAsync(createFileBlobStore(root).list())).toEqual([])
})

test('blobs are plain files that any tool can copy', async () => {
  const root = await createFolder()
  const { path, bytes, hash } = await blobOf(Buffer.from('words'))
  await createFileBlobStore(root).put(hash, path)
  const file = join(root, hash.slice(0, 2), hash)
  expect(await readFile(file)).toEqual(bytes)
  expect(await readdir(root)).toEqual([hash.slice(0, 2)])
})

test('a file from another disk is copied, and gone from there', async () => {
  const { path, bytes, hash } = await blobOf(randomBytes(20_000))
  const root = await createFolderOnOtherDisk(path)
  const store = createFileBlobStore(root)
  await store.put(hash, path)
  expect(await (await requireBlob(store, hash)).read(0, bytes.length)).toEqual(bytes)
  expect(await readdir(join(root, 'incoming'))).toEqual([])
  await expect(readFile(path)).rejects.toThrow('ENOENT')
})

async function createFolderOnOtherDisk(path: string): Promise<string> {
  const { dev } = await stat(path)
  const disk = (await stat('/dev/shm')).dev === dev ? tmpdir() : '/dev/shm'
  const folder = await mkdtemp(join(disk, 'countersign-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Runs a command on a small disk of its own; where that is not allowed, with a limit on file sizes. */
function onFullDisk(root: string): string {
  const mayMount = spawnSync('unshare', ['-Urm', 'true']).status === 0
  if (!mayMount) return `trap '' XFSZ; ulimit -f 64; exec "$@"`
  const mount = `mount -t tmpfs -o size=100k tmpfs "${root}" && exec "$@"`
  return `exec unshare -Urm sh -c '${mount}' sh "$@"`
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}
