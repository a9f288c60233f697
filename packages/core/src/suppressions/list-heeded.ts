import type { Id } from '../ids.ts'
import type { Store } from '../repositories.ts'
import type { Suppression } from './suppression.ts'

/**
 * The suppressions of an entity that count for what somebody submitted. Their own do not, unless there
 * is no other admin: nobody lets through what they submitted themselves.
 */
export async function listHeeded(
  { suppressions, principals }: Pick<Store, 'suppressions' | 'principals'>,
  { entityId, submitterId }: { entityId: Id; submitterId: Id },
): Promise<Suppression[]> {
  const active = await suppressions.listActive(entityId)
  const isOwn = ({ createdBy }: Suppression) => createdBy === submitterId
  if (!active.some(isOwn) || (await principals.countAdmins(submitterId)) === 0) return active
  return active.filter((each) => !isOwn(each))
}
