import { ServiceError } from '../errors.ts'
import { requireDescribed } from '../guardrails/require-described.ts'
import type { BakedVersion, OpenedBundle, Ports, Upload } from '../ports.ts'
import type { EntityChanges, Store } from '../repositories.ts'
import { refuseOverQuota } from '../submissions/refuse-over-quota.ts'
import type { Proposed, Submission } from '../submissions/submission.ts'
import { actingAs, announce } from '../submissions/submit-bundle.ts'
import { type Entity, kebab, slugFor } from './entity.ts'
import { offerVersion } from './offer-version.ts'
import { auditEntity, recordEntity } from './record-entity.ts'
import { type EditTarget, lockUnchanged, requireEditReady } from './require-edit-ready.ts'

export interface EditRequest extends EditTarget {
  upload?: Upload | undefined
  name?: string | undefined
  description?: string | undefined
  category?: string | null | undefined
}

export interface Edited {
  entity: Entity
  /** The submission that asks for the review of the new bundle, where there was one. */
  submission?: Submission
  baked?: BakedVersion
  droppedFiles?: string[]
}

type EditPorts = Pick<
  Ports,
  'store' | 'transact' | 'intake' | 'bundles' | 'locks' | 'reviewQueue' | 'policy'
>

/**
 * Changes an entity. With a bundle, everything waits for that bundle's approval; without one, it
 * happens at once, and a new name bakes what is served anew.
 */
export async function editEntity(ports: EditPorts, request: EditRequest): Promise<Edited> {
  await requireEditReady(ports.store, request)
  return ports.locks.withEntity(request.entityId, async () => {
    const entity = await requireEditReady(ports.store, request)
    const proposed = await propose(ports.store, entity, request)
    return request.upload
      ? offerEdit(ports, request, entity, proposed, request.upload)
      : applyEdit(ports, request, entity, proposed)
  })
}

/** What the request would change, and nothing that is so already. */
async function propose(
  { principals }: Pick<Store, 'principals'>,
  entity: Entity,
  { name, description, category }: EditRequest,
): Promise<Proposed> {
  const proposed: Proposed = {}
  if (description !== undefined && description !== entity.description) {
    requireDescribed(description)
    proposed.description = description
  }
  if (category !== undefined && category !== entity.category) proposed.category = category
  const renamed = name?.trim()
  if (renamed === undefined || renamed === entity.name) return proposed
  if (kebab(renamed) === '') {
    throw new ServiceError('validation_failed', { detail: 'The name needs a letter or digit.' })
  }
  const owner = await principals.find(entity.ownerId)
  const slug = slugFor(renamed, owner?.handle ?? '')
  return { ...proposed, name: renamed, ...(slug === entity.slug ? {} : { slug }) }
}

async function offerEdit(
  ports: EditPorts,
  request: EditRequest,
  entity: Entity,
  proposed: Proposed,
  upload: Upload,
): Promise<Edited> {
  await refuseOverQuota(ports, request.caller)
  await using bundle = await ports.intake.open(upload, entity.type)
  const n = entity.highestN + 1
  const slug = proposed.slug ?? entity.slug
  const baked = await bundle.bake({ slug, n }, { ...entity, ...proposed })
  const offered = await ports.transact(async (store) => {
    const locked = await lockUnchanged(store, request, entity)
    const version = { entity: locked, proposed, baked, bundle, n }
    return writeOffer(store, ports.policy, request, version)
  })
  return announce(ports, { ...offered, droppedFiles: bundle.droppedFiles })
}

async function writeOffer(
  store: Store,
  policy: EditPorts['policy'],
  { caller }: EditRequest,
  version: {
    entity: Entity
    proposed: Proposed
    baked: BakedVersion
    bundle: OpenedBundle
    n: number
  },
) {
  const { entity, proposed, baked, bundle, n } = version
  if (proposed.slug) {
    const isFree = await store.entities.claimSlug(proposed.slug, entity.id, false)
    if (!isFree) throw new ServiceError('name_taken')
  }
  const { actor, ...parties } = actingAs(caller)
  const params = { new_version_no: n, ...auditOf(proposed) }
  await auditEntity(store, { action: 'update', actor, entityId: entity.id, params })
  const { authorVersion } = bundle
  const offer = { actor, ...parties, baked, n, proposed, restoredFrom: null, authorVersion }
  const offered = await offerVersion(store, policy, entity, offer)
  if (offered.submission.status === 'blocked_inline') {
    await store.entities.releaseSlugs(entity.id, 'proposed')
  }
  return offered
}

async function applyEdit(
  ports: EditPorts,
  request: EditRequest,
  seen: Entity,
  proposed: Proposed,
): Promise<Edited> {
  const { slug } = proposed
  if (slug && seen.liveN !== null) await bakeUnderSlug(ports, seen, seen.liveN, slug)
  const entity = await ports.transact(async (store) => {
    const locked = await lockUnchanged(store, request, seen)
    if (locked.liveN !== seen.liveN) throw new ServiceError('entity_busy')
    if (Object.keys(proposed).length === 0) return locked
    if (slug) await moveSlug(store, locked, slug)
    const { actor } = actingAs(request.caller)
    const params = auditOf(proposed)
    await auditEntity(store, { action: 'update', actor, entityId: locked.id, params })
    const changed = await store.entities.update(locked.id, proposed satisfies EntityChanges)
    await recordEntity(store, 'entity.updated', changed)
    return changed
  })
  return { entity }
}

async function moveSlug(store: Store, entity: Entity, slug: string): Promise<void> {
  await store.entities.releaseSlugs(entity.id, 'all')
  const isFree = await store.entities.claimSlug(slug, entity.id, true)
  if (!isFree) throw new ServiceError('name_taken')
}

/** Bakes what is served under its new slug, and stores it, before the name changes. */
async function bakeUnderSlug(
  { store, intake }: Pick<Ports, 'store' | 'intake'>,
  entity: Entity,
  n: number,
  slug: string,
): Promise<void> {
  const live = await store.versions.findRendition(entity.id, n, entity.slug)
  if (!live) throw new Error('The live version has no rendition.')
  const stored = { hash: live.hash, type: entity.type, slug: entity.slug }
  const { hash, size, files } = await intake.rebake(stored, { slug, n }, entity)
  await store.versions.insertRendition({ entityId: entity.id, n, slug, hash, size, files })
}

function auditOf({ name, slug, description, category }: Proposed) {
  return {
    ...(name === undefined ? {} : { name }),
    ...(slug === undefined ? {} : { slug }),
    ...(description === undefined ? {} : { description_changed: true }),
    ...(category === undefined ? {} : { category }),
  }
}
