import { lstat, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BundleFile } from '@countersign/core/store/file-tree'
import { checkPath } from './check-path.ts'
import { isArchiverLitter } from './is-archiver-litter.ts'
import { limits } from './limits.ts'
import { createPathRegister } from './path-register.ts'
import { quotePath, refuseBundle } from './refuse-bundle.ts'
import { sortTree } from './sort-tree.ts'
import { refuseArchive, type Unpacked } from './unpack-archive.ts'

/**
 * Reads a folder by the rules that hold for an uploaded archive, so that what would be refused later is
 * refused here. A `.git` folder at its top is left out and listed, as nobody means to submit that.
 */
export async function readDirectory(root: string): Promise<Unpacked> {
  const walk: Walk = { root, files: [], droppedFiles: [], entries: 0, bytes: 0 }
  const register = createPathRegister()
  await walkFolder(walk, '', register)
  for (const file of walk.files) await refuseArchive(file.path, await file.read())
  const { files, droppedFiles } = walk
  return { files: sortTree(files), droppedFiles: droppedFiles.sort() }
}

interface Walk {
  root: string
  files: BundleFile[]
  droppedFiles: string[]
  entries: number
  bytes: number
}

type Register = ReturnType<typeof createPathRegister>

async function walkFolder(walk: Walk, folder: string, register: Register): Promise<void> {
  for (const name of (await readdir(join(walk.root, folder))).sort()) {
    const path = folder === '' ? name : `${folder}/${name}`
    if (path === '.git' || isArchiverLitter(path)) {
      walk.droppedFiles.push(path)
      continue
    }
    await visit(walk, path, register)
  }
}

async function visit(walk: Walk, path: string, register: Register): Promise<void> {
  checkPath(path)
  if (path.includes('\u{fffd}')) {
    refuseBundle('ambiguous_path', `The name of ${quotePath(path)} is not in UTF-8.`)
  }
  countEntry(walk)
  const stats = await lstat(join(walk.root, path))
  if (stats.isDirectory()) {
    register.addFolder(path)
    return walkFolder(walk, path, register)
  }
  register.addFile(path)
  if (!stats.isFile() || (stats.mode & 0o6000) !== 0) {
    refuseBundle('unsafe_entry', `${quotePath(path)} is a link, a device or a privileged program.`)
  }
  countBytes(walk, path, stats.size)
  walk.files.push({
    path,
    size: stats.size,
    isExecutable: (stats.mode & 0o111) !== 0,
    read: () => readFile(join(walk.root, path)),
  })
}

function countEntry(walk: Walk): void {
  walk.entries += 1
  if (walk.entries > limits.entriesMax) {
    refuseBundle('too_many_entries', `The folder has more than ${limits.entriesMax} files.`)
  }
}

function countBytes(walk: Walk, path: string, size: number): void {
  walk.bytes += size
  if (size > limits.fileBytesMax) {
    refuseBundle('too_large', `${quotePath(path)} is larger than ${limits.fileBytesMax >> 20} MiB.`)
  }
  if (walk.bytes > limits.unpackedBytesMax) {
    refuseBundle('too_large', `The folder has more than ${limits.unpackedBytesMax >> 20} MiB.`)
  }
}
