import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BundleFile, FileTree } from '@countersign/core/store/file-tree'
import { createFolder } from './create-folder.ts'

/** Puts bytes on disk as an upload. */
export async function uploadOf(bytes: Uint8Array, fileName = 'bundle.zip') {
  const path = join(await createFolder(), 'upload')
  await writeFile(path, bytes)
  return { path, fileName }
}

/** A tree of files that are executable where their names end with an exclamation mark. */
export function treeOf(files: Readonly<Record<string, string | Uint8Array>>): FileTree {
  return Object.entries(files)
    .map(([name, data]): BundleFile => {
      const bytes = Buffer.from(data as string)
      const isExecutable = name.endsWith('!')
      const path = isExecutable ? name.slice(0, -1) : name
      return { path, size: bytes.length, isExecutable, read: async () => bytes }
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** A tree as an object, to be compared: executable files with an exclamation mark. */
export async function contentOf(tree: FileTree): Promise<Record<string, string>> {
  const entries = tree.map(async ({ path, isExecutable, read }) => [
    `${path}${isExecutable ? '!' : ''}`,
    Buffer.from(await read()).toString('latin1'),
  ])
  return Object.fromEntries(await Promise.all(entries))
}
