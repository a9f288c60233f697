import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { isDeepStrictEqual } from 'node:util'
import { removeFile } from '@countersign/bundles/archive/remove-file'
import { forceFile } from '@countersign/bundles/blobs/force'
import { ServiceError } from '@countersign/core/errors'
import type { AsNew, BakedVersion, Intake, StoredBundle, Upload } from '@countersign/core/ports'
import type { VersionRepository } from '@countersign/core/repositories'
import { settleAll } from '@countersign/core/settle-all'
import type { BlobStore } from '@countersign/core/store/blob-store'
import type { EntityType } from '@countersign/core/store/entity'
import type { Baked, FirstBake, Introduction } from './intake-tasks.ts'
import { runOnThread } from './run-on-thread.ts'

export interface IntakeOptions {
  blobs: BlobStore
  store: { versions: Pick<VersionRepository, 'touchBlob'> }
  /** Where bundles lie while they are worked on. Emptied of what a killed process left. */
  scratchDir: string
}

/** The intake over worker threads: a large or hostile bundle keeps no other request waiting. */
export function createIntake({ blobs, store, scratchDir }: IntakeOptions): Intake {
  const scratch = createScratch(scratchDir)

  const keep = async (slug: string, baked: Baked, draft: Claimed) => {
    // The thread goes on with the next bundle while this one is forced to the disk.
    await settleAll([store.versions.touchBlob(baked.hash), forceFile(draft.path)])
    await blobs.put(baked.hash, draft.path)
    draft.isGone = true
    return toVersion(slug, baked)
  }

  return {
    async open(upload, type, asNew) {
      const early = await bakeEarly(scratch, { upload, type, asNew })
      const { first, introduction, target: earlyTarget } = early
      return {
        ...introduction,
        async bake(identity, metadata, options) {
          const asked = { identity, metadata: pick(metadata) }
          const isThere = earlyTarget && !earlyTarget.isGone
          if (first && isThere && isDeepStrictEqual(first.as, asked)) {
            return await keep(identity.slug, first.baked, earlyTarget)
          }
          const task = { upload, type, ...asked }
          if (options?.isRehearsal) {
            return toVersion(
              identity.slug,
              await runOnThread('bake', { ...task, target: undefined }),
            )
          }
          await using target = await scratch.claim()
          const baked = await runOnThread('bake', { ...task, target: target.path })
          return await keep(identity.slug, baked, target)
        },
        [Symbol.asyncDispose]: async () => earlyTarget?.[Symbol.asyncDispose](),
      }
    },

    async rebake(stored, identity, metadata) {
      await using source = await fetchBlob(blobs, scratch, stored)
      await using target = await scratch.claim()
      const task = { path: source.path, type: stored.type, identity, metadata: pick(metadata) }
      const baked = await runOnThread('rebake', { ...task, target: target.path })
      return await keep(identity.slug, baked, target)
    },

    async inspect(stored, metadata) {
      await using source = await fetchBlob(blobs, scratch, stored)
      const { type, slug } = stored
      return await runOnThread('inspect', {
        path: source.path,
        type,
        slug,
        metadata: pick(metadata),
      })
    },
  }
}

interface Early {
  introduction: Introduction
  /** What it was baked as, if anybody said what it will likely be, and where that lies. */
  first?: FirstBake | undefined
  target?: Claimed
}

/** Has an upload introduced, and baked in the same trip if it is told as what. */
async function bakeEarly(
  scratch: Scratch,
  { upload, type, asNew }: { upload: Upload; type: EntityType; asNew: AsNew | undefined },
): Promise<Early> {
  if (!asNew) return { introduction: await runOnThread('introduce', { upload, type }) }
  const target = await scratch.claim()
  try {
    const task = { upload, type, asNew, target: target.path }
    return { ...(await runOnThread('introduceAsNew', task)), target }
  } catch (error) {
    await target[Symbol.asyncDispose]()
    throw error
  }
}

/** Only what is named goes to another thread, whatever else a caller's object holds. */
function pick({ name, description }: { name: string; description: string }) {
  return { name, description }
}

function toVersion(slug: string, baked: Baked): BakedVersion {
  return { slug, ...baked }
}

type Scratch = ReturnType<typeof createScratch>
type Claimed = AsyncDisposable & { path: string; isGone: boolean }

/** Files of our own that are gone when they go out of scope. */
function createScratch(dir: string) {
  let made: Promise<unknown> | undefined
  return {
    async claim(): Promise<Claimed> {
      made ??= mkdir(dir, { recursive: true })
      await made
      const path = join(dir, randomUUID())
      const claimed: Claimed = {
        path,
        isGone: false,
        [Symbol.asyncDispose]: async () => {
          if (!claimed.isGone) await removeFile(path)
        },
      }
      return claimed
    },
  }
}

async function fetchBlob(blobs: BlobStore, scratch: Scratch, { hash }: StoredBundle) {
  const blob = await blobs.find(hash)
  if (!blob) throw new ServiceError('bundle_unservable')
  const copy = await scratch.claim()
  await pipeline(blob.stream(), createWriteStream(copy.path, { flags: 'wx', mode: 0o600 }))
  return copy
}
