import { ServiceError } from '../errors.ts'
import type { Caller } from '../identity/caller.ts'
import type { Id } from '../ids.ts'
import type { BakedVersion, Ports } from '../ports.ts'
import type { Store } from '../repositories.ts'
import type { Submission } from '../submissions/submission.ts'
import { passedStatuses } from '../submissions/submission.ts'
import { actingAs, announce } from '../submissions/submit-bundle.ts'
import type { Entity, Version } from './entity.ts'
import { offerVersion } from './offer-version.ts'
import { auditEntity } from './record-entity.ts'
import { lockUnchanged, requireEditReady } from './require-edit-ready.ts'

export interface RestoreRequest {
  caller: Caller
  entityId: Id
  n: number
  revisions?: readonly number[] | undefined
}

export interface Restored {
  entity: Entity
  submission: Submission
  baked: BakedVersion
}

type RestorePorts = Pick<
  Ports,
  'store' | 'transact' | 'intake' | 'bundles' | 'locks' | 'reviewQueue' | 'policy'
>

/**
 * Copies a version that once passed forward as a new one, under the name of today, to be reviewed
 * again. What is served stays until that is approved.
 */
export async function restoreVersion(
  ports: RestorePorts,
  request: RestoreRequest,
): Promise<Restored> {
  await requireEditReady(ports.store, request)
  return ports.locks.withEntity(request.entityId, async () => {
    const entity = await requireEditReady(ports.store, request)
    const source = await requireRestorable(ports.store, entity, request.n)
    const n = entity.highestN + 1
    const baked = await bakeForward(ports, entity, source, n)
    const offered = await ports.transact(async (store) => {
      const locked = await lockUnchanged(store, request, entity)
      await requireRestorable(store, locked, request.n)
      const { actor, ...parties } = actingAs(request.caller)
      const params = { restored_from_version_no: source.n, new_version_no: n }
      await auditEntity(store, { action: 'restore', actor, entityId: entity.id, params })
      const { authorVersion } = source
      const offer = { actor, ...parties, baked, n, restoredFrom: source.n, authorVersion, params }
      return offerVersion(store, ports.policy, locked, { ...offer, proposed: {} })
    })
    return announce(ports, offered)
  })
}

async function requireRestorable(
  { versions, submissions }: Pick<Store, 'versions' | 'submissions'>,
  entity: Entity,
  n: number,
): Promise<Version> {
  const version = await versions.find(entity.id, n)
  if (!version) throw new ServiceError('version_not_found')
  const submission = await submissions.findByVersion(entity.id, n)
  if (submission && !isPassed(submission)) {
    throw new ServiceError('version_not_approved', {
      members: { source_status: submission.status },
    })
  }
  if (entity.liveN === n && entity.visibilityStatus === 'approved') {
    throw new ServiceError('already_current')
  }
  return version
}

function isPassed({ status }: Submission): boolean {
  return passedStatuses.some((passed) => passed === status)
}

async function bakeForward(
  { store, intake, bundles }: RestorePorts,
  entity: Entity,
  source: Version,
  n: number,
): Promise<BakedVersion> {
  const submission = await store.submissions.findByVersion(entity.id, source.n)
  const slug = submission?.slug ?? entity.slug
  const rendition = await store.versions.findRendition(entity.id, source.n, slug)
  if (!rendition || !(await bundles.isIntact(rendition.hash))) {
    throw new ServiceError('bundle_unservable')
  }
  const stored = { hash: rendition.hash, type: entity.type, slug }
  return intake.rebake(stored, { slug: entity.slug, n }, entity)
}
