import { ServiceError } from '../errors.ts'
import type { Ports } from '../ports.ts'
import type { EntityChanges, Rendition, Store } from '../repositories.ts'
import { settleAll } from '../settle-all.ts'
import type { Submission } from '../submissions/submission.ts'
import type { NewEvent } from '../webhooks/event.ts'
import type { Entity } from './entity.ts'
import { describeEntity } from './record-entity.ts'

/** Says whether a version would become what is served: forwards only, or out of hiding. */
export function rises(entity: Pick<Entity, 'liveN' | 'visibilityStatus'>, n: number): boolean {
  if (entity.visibilityStatus === 'archived') return false
  const live = entity.liveN ?? 0
  return n > live || (n === live && entity.visibilityStatus === 'hidden')
}

/**
 * Makes sure, before any row is changed, that the bytes a version will be served with are there, and
 * are what their hash says. Bakes them anew where a rename has come between. A rendition that was read
 * already is not looked for again.
 *
 * Throws `bundle_unservable` if they are not: then nothing may be approved.
 */
export async function prepareToServe(
  { store, intake, bundles }: Pick<Ports, 'store' | 'intake' | 'bundles'>,
  entity: Entity,
  submission: Submission,
  read?: Rendition,
): Promise<void> {
  const slug = submission.proposed.slug ?? entity.slug
  const { entityId, n } = submission
  const known = read?.slug === slug ? read : await store.versions.findRendition(entityId, n, slug)
  const hash = known?.hash ?? submission.versionHash
  if (!(await bundles.isIntact(hash))) throw new ServiceError('bundle_unservable')
  if (known) return

  const stored = { hash, type: entity.type, slug: submission.slug }
  const { files, size, ...baked } = await intake.rebake(stored, { slug, n }, entity)
  await store.versions.insertRendition({ entityId, n, slug, hash: baked.hash, size, files })
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
  const promotion = planPromotion(entity, submission)
  if (!promotion) return entity
  await takeSlug(store, entity, promotion.promoted)
  const [promoted] = await settleAll([
    store.entities.update(entity.id, promotion.changes),
    store.events.append(promotion.told),
  ])
  return promoted
}

/** The entity as a version leaves it that becomes what is served, and what is told of that. */
interface Promotion {
  changes: EntityChanges
  /** But for its revision, and the time of it. */
  promoted: Entity
  told: NewEvent
}

/** Says what a promotion changes; `undefined` where the version does not rise. */
export function planPromotion(entity: Entity, submission: Submission): Promotion | undefined {
  const { id, n, proposed } = submission
  if (!rises(entity, n)) return undefined
  const changes = { ...proposed, liveN: n, visibilityStatus: 'approved' } as const
  const promoted = { ...entity, ...changes }
  const data = { submission_id: id, previous_version_no: entity.liveN }
  return { changes, promoted, told: describeEntity('entity.promoted', promoted, data) }
}

/** Turns the slug that a promotion brings from a promise into the entity's own. */
export async function takeSlug(
  { entities }: Pick<Store, 'entities'>,
  entity: Entity,
  { slug }: Pick<Entity, 'slug'>,
): Promise<void> {
  if (slug === entity.slug) return
  await entities.releaseSlugs(entity.id, 'all')
  const isFree = await entities.claimSlug(slug, entity.id, true)
  if (!isFree) throw new ServiceError('name_taken')
}
