import { basename } from 'node:path'
import { ServiceError } from '@countersign/core/errors'
import type { Upload } from '@countersign/core/ports'
import type { EntityType } from '@countersign/core/store/entity'
import type { FileTree } from '@countersign/core/store/file-tree'
import type { AuthorBundle } from '../bake/author-bundle.ts'
import { readManifest, readPlainText } from '../manifest/read-manifest.ts'
import { type ByteSource, createBytesSource, openFileSource } from '../zip/byte-source.ts'
import { findAnchor } from './find-anchor.ts'
import { limits } from './limits.ts'
import { refuseBundle } from './refuse-bundle.ts'
import { refuseArchive, type Unpacked, unpackArchive } from './unpack-archive.ts'

/** An upload that was read to its last byte and is a bundle of the type that it was said to be. */
export interface OpenedUpload extends AuthorBundle, AsyncDisposable {
  /** What the bundle calls itself, and says of itself, as suggestions. */
  readonly name: string | null
  readonly description: string | null
  /** Files that the archiver of some system added, and that are no part of the bundle. */
  readonly droppedFiles: string[]
}

/**
 * Opens an uploaded archive, or a `.skill` file with a lone SKILL.md in it.
 *
 * Throws `invalid_bundle` with a reason for everything that is not exactly one bundle of that type,
 * and leaves nothing behind. The files can be read until the upload is disposed of.
 */
export async function openUpload(upload: Upload, type: EntityType): Promise<OpenedUpload> {
  const isSkill = isSkillFile(upload)
  if (isSkill && type !== 'skill') throw new ServiceError('skill_file_wrong_type')
  const source = await openSource(upload)
  try {
    if (source.size > limits.archiveBytesMax) refuseLarge()
    const isLone = isSkill && !(await beginsLikeZip(source))
    const unpacked = isLone ? await readLoneSkill(source) : await unpackArchive(source)
    const bundle = await openTree(unpacked, type)
    return { ...bundle, [Symbol.asyncDispose]: () => source[Symbol.asyncDispose]() }
  } catch (error) {
    await source[Symbol.asyncDispose]()
    throw error
  }
}

/** Whether an upload calls itself one skill: of its name, nothing else matters. */
export function isSkillFile({ fileName }: Pick<Upload, 'fileName'>): boolean {
  return fileName.toLowerCase().endsWith('.skill')
}

async function openSource(upload: Upload): Promise<ByteSource & AsyncDisposable> {
  if ('path' in upload) return openFileSource(upload.path)
  return { ...createBytesSource(upload.bytes), async [Symbol.asyncDispose]() {} }
}

/** Finds the bundle in a tree of files, whether it came from an archive or from a folder. */
export async function openTree(
  { files, droppedFiles }: Unpacked,
  type: EntityType,
): Promise<Omit<OpenedUpload, keyof AsyncDisposable>> {
  const { file, folder } = await findAnchor(files, type)
  const { fields, parseError, version } = readManifest(type, await file.read())
  const containerName = basename(type === 'agent' ? file.path.slice(0, -3) : folder)
  const authorName = readPlainText(fields.name)
  const path = file.path.slice(folder.length)
  return {
    type,
    files: stripFolder(files, folder),
    manifest: { path, containerName, fields, parseError },
    authorName: typeof fields.name === 'string' ? fields.name : null,
    authorVersion: readPlainText(version),
    name: authorName ?? readPlainText(containerName),
    description: readPlainText(fields.description),
    droppedFiles,
  }
}

function stripFolder(files: FileTree, folder: string): FileTree {
  return files.map((file) => ({ ...file, path: file.path.slice(folder.length) }))
}

function refuseLarge(): never {
  throw new ServiceError('too_large', {
    detail: `An archive has ${limits.archiveBytesMax >> 20} MiB at most.`,
    members: { reason: 'too_large' },
  })
}

async function beginsLikeZip(source: ByteSource): Promise<boolean> {
  const start = await source.read(0, Math.min(4, source.size))
  return Buffer.from(start).toString('latin1').startsWith('PK')
}

async function readLoneSkill(source: ByteSource): Promise<Unpacked> {
  if (source.size > limits.fileBytesMax) {
    refuseBundle('too_large', `A SKILL.md has ${limits.fileBytesMax >> 20} MiB at most.`)
  }
  const bytes = await source.read(0, source.size)
  await refuseArchive('SKILL.md', bytes)
  if (bytes.includes(0)) refuseBundle('zip_invalid', 'The file is neither Markdown nor a ZIP.')
  const file = {
    path: 'SKILL.md',
    size: bytes.length,
    isExecutable: false,
    read: async () => bytes,
  }
  return { files: [file], droppedFiles: [] }
}
