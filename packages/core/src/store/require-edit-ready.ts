import { ServiceError } from '../errors.ts'
import type { Caller } from '../identity/caller.ts'
import type { Id } from '../ids.ts'
import type { Store } from '../repositories.ts'
import { requireEditable, requireUnarchived } from './access.ts'
import type { Entity, EntityType } from './entity.ts'

/** Which entity is to be edited, by whom, and what they believe it to be. */
export interface EditTarget {
  caller: Caller
  entityId: Id
  /** The revisions of which the caller saw one; `undefined` if they did not say. */
  revisions?: readonly number[] | undefined
  type?: EntityType | undefined
}

/** Reads the entity, and refuses what cannot be edited, in the order in which clients are told. */
export async function requireEditReady(
  store: Pick<Store, 'entities' | 'submissions'>,
  target: EditTarget,
): Promise<Entity> {
  const found = requireEditable(target.caller, await store.entities.find(target.entityId))
  return refuseUnready(store, target, found)
}

async function refuseUnready(
  store: Pick<Store, 'submissions'>,
  { type, revisions }: EditTarget,
  found: Entity,
): Promise<Entity> {
  const entity = requireUnarchived(found)
  if (type && type !== entity.type) throw new ServiceError('type_locked')
  if (revisions && !revisions.includes(entity.revision)) {
    throw new ServiceError('precondition_failed')
  }
  await refuseWhilePending(store, entity)
  return entity
}

/** One review at a time: while one is open, not even the metadata changes under the reader's eyes. */
export async function refuseWhilePending(
  { submissions }: Pick<Store, 'submissions'>,
  entity: Entity,
): Promise<void> {
  const open = await submissions.findOpen(entity.id)
  if (!open) return
  throw new ServiceError('prior_version_pending', {
    detail: `Version ${open.n} is still under review.`,
    members: { submission_id: open.id, current_status: open.status },
  })
}

/** Locks the entity, and makes sure that it is still the one that was baked for. */
export async function lockUnchanged(
  store: Store,
  target: EditTarget,
  seen: Entity,
): Promise<Entity> {
  const locked = requireEditable(target.caller, await store.entities.lock(seen.id))
  const entity = await refuseUnready(store, target, locked)
  if (entity.highestN !== seen.highestN || entity.slug !== seen.slug) {
    throw new ServiceError('entity_busy')
  }
  return entity
}
