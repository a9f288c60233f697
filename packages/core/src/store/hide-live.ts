import type { Store } from '../repositories.ts'
import type { Submission } from '../submissions/submission.ts'
import type { Entity } from './entity.ts'
import { recordEntity } from './record-entity.ts'

/**
 * Takes an entity out of service if the submission is that of the version it serves, in the caller's
 * transaction, with the entity locked. Gives the entity as it is then.
 */
export async function hideLive(
  store: Store,
  entity: Entity,
  submission: Submission,
): Promise<Entity> {
  if (entity.liveN !== submission.n || entity.visibilityStatus !== 'approved') return entity
  const hidden = await store.entities.update(entity.id, { visibilityStatus: 'hidden' })
  await recordEntity(store, 'entity.hidden', hidden, { submission_id: submission.id })
  return hidden
}
