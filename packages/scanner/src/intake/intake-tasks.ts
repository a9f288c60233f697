import { openArchive } from '@countersign/bundles/archive/open-archive'
import {
  type ArchiveFacts,
  measureArchive,
  writeArchive,
} from '@countersign/bundles/archive/write-archive'
import { type BakedTree, bakeTree } from '@countersign/bundles/bake/bake-tree'
import { rebakeTree, unbakeTree } from '@countersign/bundles/bake/rebake-tree'
import { explainNoRoom } from '@countersign/bundles/blobs/no-room'
import { type OpenedUpload, openUpload } from '@countersign/bundles/intake/open-upload'
import { openFileSource } from '@countersign/bundles/zip/byte-source'
import { ServiceError } from '@countersign/core/errors'
import type { Inspection } from '@countersign/core/guardrails/inspection'
import type { AsNew, BakedIdentity, Metadata, Upload } from '@countersign/core/ports'
import type { EntityType } from '@countersign/core/store/entity'
import { findName } from '@countersign/core/submissions/name-bundle'
import { inspectTree } from '../inspect-tree.ts'

/** What a bundle says of itself, before anything is made of it. */
export interface Introduction {
  name: string | null
  description: string | null
  authorVersion: string | null
  droppedFiles: string[]
}

/** A bundle that was baked before anybody asked, and as what. */
export interface FirstBake {
  as: { identity: BakedIdentity; metadata: Metadata }
  baked: Baked
}

export interface Baked extends ArchiveFacts {
  inspection: Inspection
}

/**
 * The work on bundles that is long enough to be done off the event loop. Everything that goes in or
 * comes out can be sent between threads: paths and facts, never handles.
 */
export const intakeTasks = {
  /** Reads an upload to its last byte, and tells what it says of itself. */
  async introduce(task: { upload: Upload; type: EntityType }): Promise<Introduction> {
    await using bundle = await openUpload(task.upload, task.type)
    return introduce(bundle)
  },

  /** Does the same, and bakes it as the first version of something new in the same go. */
  async introduceAsNew(task: {
    upload: Upload
    type: EntityType
    asNew: AsNew
    target: string
  }): Promise<{ introduction: Introduction; first: FirstBake | undefined }> {
    await using bundle = await openUpload(task.upload, task.type)
    const { naming, description } = task.asNew
    const named = findName(naming, bundle)
    if (!named) return { introduction: introduce(bundle), first: undefined }
    const identity = { slug: named.slug, n: 1 }
    const metadata = { name: named.name, description }
    const tree = await bakeTree(bundle, identity)
    const baked = await finish(tree, { metadata, target: task.target })
    return { introduction: introduce(bundle), first: { as: { identity, metadata }, baked } }
  },

  /** Bakes and inspects an upload, and writes its stored form to `target` if there is one. */
  async bake(task: {
    upload: Upload
    type: EntityType
    identity: BakedIdentity
    metadata: Metadata
    target: string | undefined
  }): Promise<Baked> {
    await using bundle = await openUpload(task.upload, task.type)
    return await finish(await bakeTree(bundle, task.identity), task)
  },

  /** Does the same with a stored form that lies at `path`, under another identity. */
  async rebake(task: {
    path: string
    type: EntityType
    identity: BakedIdentity
    metadata: Metadata
    target: string
  }): Promise<Baked> {
    await using source = await openFileSource(task.path)
    const tree = await openArchive(source)
    return await finish(await rebakeTree(tree, task.type, task.identity), task)
  },

  /** Inspects a stored form as it is. */
  async inspect(task: {
    path: string
    type: EntityType
    slug: string
    metadata: Metadata
  }): Promise<Inspection> {
    await using source = await openFileSource(task.path)
    const bundle = await unbakeTree(await openArchive(source), task.type)
    const baked = await bakeTree(bundle, { slug: task.slug, n: 1 })
    return await inspect(baked, task.metadata)
  },
}

function introduce({ name, description, authorVersion, droppedFiles }: OpenedUpload): Introduction {
  return { name, description, authorVersion, droppedFiles }
}

async function finish(
  baked: BakedTree,
  { metadata, target }: { metadata: Metadata; target: string | undefined },
): Promise<Baked> {
  const facts = target ? await writeArchive(baked, target) : await measureArchive(baked)
  return { ...facts, inspection: await inspect(baked, metadata) }
}

function inspect(
  { type, tree, generatedPaths, manifest }: BakedTree,
  metadata: Metadata,
): Promise<Inspection> {
  return inspectTree({ type, tree, generatedPaths, manifest, metadata })
}

/** A refusal on its way between threads, which keep no classes. */
export interface Refusal {
  refused: {
    code: ServiceError['code']
    detail: string
    kind: ServiceError['kind']
    members: Readonly<Record<string, unknown>>
  }
}

export function toRefusal(failure: unknown): Refusal {
  const error = explainNoRoom(failure)
  if (!(error instanceof ServiceError)) throw error
  const { code, detail, kind, members } = error
  return { refused: { code, detail, kind, members } }
}
