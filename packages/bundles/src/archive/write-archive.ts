import { hash } from 'node:crypto'
import type { BundleFile, FileEntry } from '@countersign/core/store/file-tree'
import { type BakedTree, bakeTree } from '../bake/bake-tree.ts'
import { hashTree } from '../bake/hash-tree.ts'
import { recogniseKind } from '../bake/recognise-kind.ts'
import { encodeArchive } from './encode-archive.ts'
import { writeNewFile } from './write-new-file.ts'

/** What is known of a version once each of its bytes was looked at. */
export interface ArchiveFacts {
  /** The canonical hash of the tree: what the version is known by. */
  hash: string
  /** The hash of the tree without the slug and the number in it: what verdicts are reused by. */
  contentHash: string
  /** The size of the archive itself. */
  size: number
  files: FileEntry[]
}

/** Writes the stored form of a baked bundle to a new file, in one pass. It is not forced to the disk yet. */
export async function writeArchive(baked: BakedTree, path: string): Promise<ArchiveFacts> {
  return consume(baked, (chunks) => writeNewFile(path, chunks))
}

/** Tells what `writeArchive` would, and writes nothing. */
export async function measureArchive(baked: BakedTree): Promise<ArchiveFacts> {
  return consume(baked, async (chunks) => {
    for await (const _ of chunks);
  })
}

async function consume(
  baked: BakedTree,
  drain: (chunks: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<ArchiveFacts> {
  const files: FileEntry[] = []
  let size = 0
  async function* counted() {
    for await (const chunk of encodeArchive(baked.tree, (...file) => files.push(takeIn(...file)))) {
      size += chunk.length
      yield chunk
    }
  }
  await drain(counted())
  const contentHash = await hashContent(baked, files)
  return { hash: hashTree(files), contentHash, size, files }
}

/** What is kept of a file in the inventory of a version. */
function takeIn({ path, isExecutable }: BundleFile, bytes: Uint8Array): FileEntry {
  const sha256 = hashBytes(bytes)
  return { path, size: bytes.length, sha256, isExecutable, kind: recogniseKind(bytes) }
}

/**
 * The hash of the tree as it would be under one slug and number for all: so it is the same for the same
 * bytes of an author under any slug and number, and another for any other byte.
 */
async function hashContent(
  { bundle, touchedPaths }: BakedTree,
  files: readonly FileEntry[],
): Promise<string> {
  const neutral = await bakeTree(bundle, { slug: 'content', n: 0 })
  const isTouched = new Set([...touchedPaths, ...neutral.touchedPaths])
  const entries = await Promise.all(
    neutral.tree.map(async (file, index) => {
      const known = isTouched.has(file.path) ? undefined : files[index]
      const sha256 = known?.sha256 ?? hashBytes(await file.read())
      return { path: file.path, isExecutable: file.isExecutable, sha256 }
    }),
  )
  return hashTree(entries)
}

const hashBytes = (bytes: Uint8Array) => hash('sha256', bytes)
