import type { BundleFile, FileTree } from '@countersign/core/store/file-tree'
import type { ByteSource } from '../zip/byte-source.ts'
import { listZipEntries, type ZipEntry } from '../zip/list-zip-entries.ts'
import { readZipEntry, requireModest } from '../zip/read-zip-entry.ts'
import { flagBits, methods } from '../zip/zip-records.ts'
import { checkPath } from './check-path.ts'
import { isArchiverLitter } from './is-archiver-litter.ts'
import { limits } from './limits.ts'
import { createPathRegister } from './path-register.ts'
import { recogniseArchive } from './recognise-archive.ts'
import { quotePath, refuseBundle } from './refuse-bundle.ts'
import { sortTree } from './sort-tree.ts'

export interface Unpacked {
  files: FileTree
  /** Files that some archiver or desktop added, and that are no part of the bundle. */
  droppedFiles: string[]
}

const fileType = { mask: 0o170_000, regular: 0o100_000, folder: 0o040_000 }
const privilegeBits = 0o6000

/**
 * Reads every byte of an untrusted ZIP once and gives its files, or refuses it with a reason.
 *
 * Nothing is written. A small bundle stays in memory; the files of a larger one are unpacked again by
 * each `read()`, so the source has to stay open as long as they are in use.
 */
export async function unpackArchive(source: ByteSource): Promise<Unpacked> {
  const entries = await listZipEntries(source)
  checkEntries(entries)
  const shelve = createShelf(source)
  const files: BundleFile[] = []
  const droppedFiles: string[] = []
  for (const entry of entries) {
    const bytes = await readZipEntry(source, entry)
    if (entry.isFolder) continue
    if (isArchiverLitter(entry.path)) {
      droppedFiles.push(entry.path)
      continue
    }
    await refuseArchive(entry.path, bytes)
    files.push(shelve(entry, bytes))
  }
  return { files: sortTree(files), droppedFiles: droppedFiles.sort() }
}

/** Refuses a file that is an archive itself: what is in it would go unread. */
export async function refuseArchive(path: string, bytes: Uint8Array): Promise<void> {
  const kind = await recogniseArchive(bytes)
  if (kind) refuseBundle('nested_archive', `${quotePath(path)} is an archive itself (${kind}).`)
}

/**
 * Everything that can be told without unpacking. No entry is let grow over the size that it tells, so
 * those sizes are bounds that can be held against the limits here.
 */
function checkEntries(entries: readonly ZipEntry[]): void {
  const register = createPathRegister()
  let unpackedBytes = 0
  for (const entry of entries) {
    checkPath(entry.path)
    checkKind(entry)
    checkPacking(entry)
    requireModest(entry)
    if (entry.isFolder) register.addFolder(entry.path)
    else register.addFile(entry.path)
    unpackedBytes += entry.size
  }
  if (unpackedBytes > limits.unpackedBytesMax) {
    refuseBundle(
      'too_large',
      `The bundle unpacks to more than ${limits.unpackedBytesMax >> 20} MiB.`,
    )
  }
}

function checkKind({ path, isFolder, mode, size }: ZipEntry): void {
  const type = mode & fileType.mask
  if (type !== 0 && type !== (isFolder ? fileType.folder : fileType.regular)) {
    refuseBundle('unsafe_entry', `${quotePath(path)} is a link or a device.`)
  }
  if (!isFolder && (mode & privilegeBits) !== 0) {
    refuseBundle('unsafe_entry', `${quotePath(path)} would run with the rights of its owner.`)
  }
  if (isFolder && size > 0) refuseBundle('zip_invalid', `The folder ${quotePath(path)} has bytes.`)
}

function checkPacking({ path, flags, method }: ZipEntry): void {
  const secret = flagBits.encrypted | flagBits.isStronglyEncrypted | flagBits.isMasked
  if ((flags & secret) !== 0) refuseBundle('unsupported_zip', `${quotePath(path)} is encrypted.`)
  const isPlain = method === methods.store || method === methods.deflate
  if (!isPlain || (flags & flagBits.isPatch) !== 0) {
    refuseBundle(
      'unsupported_zip',
      `${quotePath(path)} is packed by an unknown method (${method}).`,
    )
  }
}

/** Turns entries into files, and keeps their bytes as long as all of them together are few. */
function createShelf(source: ByteSource) {
  let keptBytes = 0
  let kept: Map<ZipEntry, Uint8Array> | undefined = new Map()

  return (entry: ZipEntry, bytes: Uint8Array): BundleFile => {
    keptBytes += bytes.length
    if (keptBytes > limits.keptBytesMax) kept = undefined
    kept?.set(entry, bytes)
    return {
      path: entry.path,
      size: bytes.length,
      isExecutable: (entry.mode & 0o111) !== 0,
      read: async () => kept?.get(entry) ?? readZipEntry(source, entry),
    }
  }
}
