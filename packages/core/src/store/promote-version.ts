import { ServiceError } from '../errors.ts'
import type { Ports } from '../ports.ts'
import type { Store } from '../repositories.ts'
import type { Proposed, Submission } from '../submissions/submission.ts'
import type { Entity } from './entity.ts'
import { recordEntity } from './record-entity.ts'

/** Says whether a version would become what is served: forwards only, or out of hiding. */
export function rises(entity: Pick<Entity, 'liveN' | 'visibilityStatus'>, n: number): boolean {
  if (entity.visibilityStatus === 'archived') return false
  const live = entity.liveN ?? 0
  return n > live || (n === live && entity.visibilityStatus === 'hidden')
}

/**
 * Makes sure, before any row is changed, that the bytes a version will be served with are there, and
 * are what their hash says. Bakes them anew where a rename has come between.
 *
 * Throws `bundle_unservable` if they are not: then nothing may be approved.
 */
export async function prepareToServe(
  { store, intake, bundles }: Pick<Ports, 'store' | 'intake' | 'bundles'>,
  entity: Entity,
  submission: Submission,
): Promise<string> {
  const slug = submission.proposed.slug ?? entity.slug
  const { entityId, n } = submission
  const known = await store.versions.findRendition(entityId, n, slug)
  const hash = known?.hash ?? submission.versionHash
  if (!(await bundles.isIntact(hash))) throw new ServiceError('bundle_unservable')
  if (known) return slug

  const stored = { hash, type: entity.type, slug: submission.slug }
  const { files, size, ...baked } = await intake.rebake(stored, { slug, n }, entity)
  await store.versions.insertRendition({ entityId, n, slug, hash: baked.hash, size, files })
  return slug
}

/**
 * Makes a version the one that is served, with the name and the rest that wait for it, if it rises.
 *
 * Called in the transaction that approves it, with the entity locked. Gives the entity as it is then.
 */
export async function promoteVersion(
  store: Store,
  entity: Entity,
  submission: Submission,
): Promise<Entity> {
  if (!rises(entity, submission.n)) return entity
  const changes = await applyProposed(store, entity, submission.proposed)
  const promoted = await store.entities.update(entity.id, {
    ...changes,
    liveN: submission.n,
    visibilityStatus: 'approved',
  })
  await recordEntity(store, 'entity.promoted', promoted, {
    submission_id: submission.id,
    previous_version_no: entity.liveN,
  })
  return promoted
}

/** Turns what was proposed into changes, and its slug from a promise into the entity's own. */
async function applyProposed(store: Store, entity: Entity, proposed: Proposed) {
  const { slug } = proposed
  if (slug && slug !== entity.slug) {
    await store.entities.releaseSlugs(entity.id, 'all')
    const free = await store.entities.claimSlug(slug, entity.id, true)
    if (!free) throw new ServiceError('name_taken')
  }
  return proposed
}
