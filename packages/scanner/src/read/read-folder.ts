import { lstat, readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { BundleFile, FileTree } from '@countersign/core/store/file-tree'

const filesMax = 2_000
const fileBytesMax = 5 * 1024 * 1024

export interface ReadFolder {
  tree: FileTree
  /** What was found and is not in the tree: links, devices, what is too large or too much. */
  leftOut: { path: string; reason: string }[]
}

/** Reads a folder, or a single file, as a tree. Follows no link and opens nothing that is not a file. */
export async function readFolder(path: string): Promise<ReadFolder> {
  const found: Found = { files: [], leftOut: [] }
  await visit({ at: path, name: '' }, found)
  return { tree: found.files.sort((a, b) => (a.path < b.path ? -1 : 1)), leftOut: found.leftOut }
}

interface Found {
  files: BundleFile[]
  leftOut: ReadFolder['leftOut']
}

async function visit({ at, name }: { at: string; name: string }, found: Found): Promise<void> {
  const status = await lstat(at)
  if (status.isDirectory()) return visitChildren({ at, name }, found)
  const reason = refusal(status, found.files.length)
  if (reason) found.leftOut.push({ path: name, reason })
  else found.files.push(fileAt(at, name || basename(at), status))
}

async function visitChildren(
  { at, name }: { at: string; name: string },
  found: Found,
): Promise<void> {
  if (basename(name) === '.git') return
  for (const child of (await readdir(at)).sort())
    await visit({ at: join(at, child), name: name ? `${name}/${child}` : child }, found)
}

function refusal(status: Awaited<ReturnType<typeof lstat>>, count: number): string | undefined {
  if (status.isSymbolicLink()) return 'is a link'
  if (!status.isFile()) return 'is no file'
  if (Number(status.size) > fileBytesMax) return 'is larger than 5 MiB'
  return count >= filesMax ? 'is beyond the 2,000th file' : undefined
}

function fileAt(
  at: string,
  path: string,
  { size, mode }: Awaited<ReturnType<typeof lstat>>,
): BundleFile {
  return {
    path,
    size: Number(size),
    isExecutable: (Number(mode) & 0o111) !== 0,
    read: () => readFile(at),
  }
}
