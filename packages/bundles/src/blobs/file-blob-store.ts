import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { codeOf } from '@countersign/core/code-of'
import type { BlobStore, StoredBlob } from '@countersign/core/store/blob-store'
import { removeFile } from '../archive/remove-file.ts'
import { readFilePart } from '../zip/byte-source.ts'
import { forceFile, forceFolder } from './force.ts'
import { explainNoRoom } from './no-room.ts'
import { requireHash } from './require-hash.ts'

/**
 * Keeps blobs as files, in folders named by the first digits of their hashes.
 *
 * A file is moved to its name, whole and forced to the disk as it comes; one from another disk is drafted
 * beside first. So a name always stands for all of its bytes. Drafts that a crash left are removed when
 * blobs are listed, a day later.
 */
export function createFileBlobStore(root: string): BlobStore {
  const drafts = join(root, 'incoming')
  const pathOf = (hash: string) => {
    requireHash(hash)
    return join(root, hash.slice(0, 2), hash)
  }

  return {
    async put(hash, path) {
      const target = pathOf(hash)
      try {
        await moveTo(target, path, drafts)
        await forceFolder(dirname(target))
      } catch (error) {
        throw explainNoRoom(error)
      }
    },

    async find(hash) {
      const path = pathOf(hash)
      const stats = await orMissing(stat(path))
      return stats && openBlob(path, stats.size)
    },

    async delete(hash) {
      const path = pathOf(hash)
      await rm(path, { force: true })
      await orMissing(forceFolder(dirname(path)))
    },

    async *list() {
      await sweep(drafts)
      for (const folder of await listNames(root, /^[0-9a-f]{2}$/)) {
        for (const hash of await listNames(join(root, folder), /^[0-9a-f]{64}$/)) {
          const stats = await orMissing(stat(pathOf(hash)))
          if (stats) yield { hash, size: stats.size }
        }
      }
    },
  }
}

const draftAgeMaxMs = 24 * 60 * 60 * 1000

async function sweep(drafts: string): Promise<void> {
  for (const name of await listNames(drafts, /./)) {
    const path = join(drafts, name)
    const stats = await orMissing(stat(path))
    if (stats && stats.mtimeMs < Date.now() - draftAgeMaxMs) await rm(path, { force: true })
  }
}

function openBlob(path: string, size: number): StoredBlob {
  return {
    size,
    read: (start, end) => readFilePart(path, start, end),
    async *stream(start = 0, end = size) {
      if (start === end) return
      yield* createReadStream(path, { start, end: end - 1, highWaterMark: 256 << 10 })
    },
  }
}

/** Gives a file its name; if that lies on another disk, to a copy that is drafted there. */
async function moveTo(target: string, path: string, drafts: string): Promise<void> {
  try {
    await inFolder(dirname(target), () => rename(path, target))
  } catch (error) {
    if (codeOf(error) !== 'EXDEV') throw error
    await copyTo(target, path, drafts)
    await removeFile(path)
  }
}

async function copyTo(target: string, path: string, drafts: string): Promise<void> {
  const draft = join(drafts, randomUUID())
  try {
    await inFolder(drafts, () => copyFile(path, draft))
    await forceFile(draft)
    await rename(draft, target)
  } catch (error) {
    await removeFile(draft)
    throw error
  }
}

/** Does something in a folder, which is there mostly; if it is not, makes one that a crash cannot undo. */
async function inFolder(folder: string, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
    await ensureFolder(folder)
    await work()
  }
}

async function ensureFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true })
  if (first === undefined) return
  for (let made = folder; made.length >= first.length; made = dirname(made)) {
    await forceFolder(dirname(made))
  }
}

async function listNames(folder: string, pattern: RegExp): Promise<string[]> {
  const names = (await orMissing(readdir(folder))) ?? []
  return names.filter((name) => pattern.test(name))
}

async function orMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}
