import { ServiceError } from '../errors.ts'
import type { Ports } from '../ports.ts'
import type { Rendition, Store } from '../repositories.ts'
import { settleAll } from '../settle-all.ts'
import type { Submission } from '../submissions/submission.ts'
import type { Entity } from './entity.ts'
import { recordEntity } from './record-entity.ts'

/** Says whether a version would become what is served: forwards only, or out of hiding. */
export function rises(entity: Pick<Entity, 'liveN' | 'visibilityStatus'>, n: number): boolean {
  if (entity.visibilityStatus === 'archived') return false
  const live = entity.liveN ?? 0
  return n > live || (n === live && entity.visibilityStatus === 'hidden')
}

/** The slug that a version is served under once it is promoted. */
export function slugToServe(
  { slug }: Pick<Entity, 'slug'>,
  { proposed }: Pick<Submission, 'proposed'>,
): string {
  return proposed.slug ?? slug
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
  const slug = slugToServe(entity, submission)
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
  await takeSlug(store, entity, submission)
  return writePromotion(store, entity, submission)
}

/** Turns the slug that a promotion brings from a promise into the entity's own. */
export async function takeSlug(
  { entities }: Pick<Store, 'entities'>,
  entity: Entity,
  submission: Submission,
): Promise<void> {
  const { slug } = asPromoted(entity, submission)
  if (slug === entity.slug) return
  await entities.releaseSlugs(entity.id, 'all')
  const isFree = await entities.claimSlug(slug, entity.id, true)
  if (!isFree) throw new ServiceError('name_taken')
}

/** Writes a promotion whose slug is taken. Nothing in it waits for anything else. */
export async function writePromotion(
  store: Store,
  entity: Entity,
  submission: Submission,
): Promise<Entity> {
  if (!rises(entity, submission.n)) return entity
  const [promoted] = await settleAll([
    store.entities.update(entity.id, changesOf(submission)),
    recordEntity(store, 'entity.promoted', asPromoted(entity, submission), {
      submission_id: submission.id,
      previous_version_no: entity.liveN,
    }),
  ])
  return promoted
}

/** An entity with all that a promotion changes of it, but for its revision and the time of it. */
export function asPromoted(entity: Entity, submission: Submission): Entity {
  return rises(entity, submission.n) ? { ...entity, ...changesOf(submission) } : entity
}

function changesOf({ n, proposed }: Submission) {
  return { ...proposed, liveN: n, visibilityStatus: 'approved' } as const
}
