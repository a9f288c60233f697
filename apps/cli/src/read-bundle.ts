import { openAsBlob } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { openTree, openUpload } from '@countersign/bundles/intake/open-upload'
import { packTree } from '@countersign/bundles/intake/pack-tree'
import { readDirectory } from '@countersign/bundles/intake/read-directory'
import type { EntityView } from '@countersign/sdk'
import { type Terminal, UsageError } from './command.ts'

/** A bundle that is ready to be sent, until it is disposed of. */
export interface ReadBundle extends AsyncDisposable {
  file: Blob
  fileName: string
  /** What the bundle says of itself. */
  description: string | null
}

/**
 * Reads a bundle from a directory, which is packed the same way every time, or from an archive.
 * Refuses, with the same reasons, what the service's intake would refuse.
 */
export async function readBundle(
  path: string,
  type: EntityView['type'],
  { cwd }: Terminal,
): Promise<ReadBundle> {
  const absolute = resolve(cwd, path)
  const stats = await stat(absolute).catch(() => {
    throw new UsageError(`There is no ${path}.`)
  })
  return stats.isDirectory() ? pack(absolute, type) : open(absolute, type)
}

async function pack(directory: string, type: EntityView['type']): Promise<ReadBundle> {
  const unpacked = await readDirectory(directory)
  const { description } = await openTree(unpacked, type)
  const folder = await mkdtemp(join(tmpdir(), 'countersign-'))
  const fileName = `${basename(directory)}.zip`
  const archive = join(folder, 'bundle.zip')
  await packTree(unpacked.files, archive)
  return {
    file: await openAsBlob(archive),
    fileName,
    description,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

async function open(path: string, type: EntityView['type']): Promise<ReadBundle> {
  const fileName = basename(path)
  await using upload = await openUpload({ path, fileName }, type)
  const { description } = upload
  return { file: await openAsBlob(path), fileName, description, async [Symbol.asyncDispose]() {} }
}
