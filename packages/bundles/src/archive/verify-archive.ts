import { createHash } from 'node:crypto'
import { ServiceError } from '@countersign/core/errors'
import { hashTree } from '../bake/hash-tree.ts'
import type { ByteSource } from '../zip/byte-source.ts'
import { encodeArchive } from './encode-archive.ts'
import { openArchive } from './open-archive.ts'

/** How much of an archive is compared at a time. */
const stepBytes = 1 << 20

/**
 * The SHA-256 of an archive that is, to the byte, the stored form of the tree with this hash, and
 * `undefined` for any other. Reads all of it. Throws only where reading fails, which says nothing of the bytes.
 */
export async function digestArchive(source: ByteSource, hash: string): Promise<string | undefined> {
  try {
    const entries: { path: string; isExecutable: boolean; sha256: string }[] = []
    const archive = createHash('sha256')
    const chunks = encodeArchive(await openArchive(source), ({ path, isExecutable }, bytes) => {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      entries.push({ path, isExecutable, sha256 })
    })
    for await (const chunk of chunks) archive.update(chunk)
    if (hashTree(entries) !== hash) return undefined
    const digest = archive.digest('hex')
    return digest === (await hashSource(source)) ? digest : undefined
  } catch (error) {
    if (error instanceof ServiceError && error.code === 'invalid_bundle') return undefined
    throw error
  }
}

/** Says whether an archive is the stored form of the tree with this hash, as `digestArchive` does. */
export async function verifyArchive(source: ByteSource, hash: string): Promise<boolean> {
  return (await digestArchive(source, hash)) !== undefined
}

/** The SHA-256 of all the bytes of an archive. */
export async function hashSource(source: ByteSource): Promise<string> {
  const hash = createHash('sha256')
  for (let at = 0; at < source.size; at += stepBytes) {
    hash.update(await source.read(at, Math.min(at + stepBytes, source.size)))
  }
  return hash.digest('hex')
}
