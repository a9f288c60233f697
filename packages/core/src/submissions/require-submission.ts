import { ServiceError } from '../errors.ts'
import type { Id } from '../ids.ts'
import type { Store } from '../repositories.ts'
import type { Entity } from '../store/entity.ts'
import type { Submission } from './submission.ts'

/**
 * Gives a submission with the entity it is for.
 *
 * @throws ServiceError `not_found`
 */
export async function requireSubmission(
  { submissions, entities }: Pick<Store, 'submissions' | 'entities'>,
  id: Id,
): Promise<{ submission: Submission; entity: Entity }> {
  const submission = await submissions.find(id)
  const entity = submission && (await entities.find(submission.entityId))
  if (!entity) throw new ServiceError('not_found')
  return { submission, entity }
}
