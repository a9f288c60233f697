import { ServiceError } from '../errors.ts'
import { actorOf, type Caller, requireAdmin } from '../identity/caller.ts'
import type { Id } from '../ids.ts'
import type { Ports } from '../ports.ts'

/** Ends a suppression before its time. What it let through stays until it is inspected again. */
export async function endSuppression(
  { transact }: Pick<Ports, 'transact'>,
  { caller, suppressionId }: { caller: Caller; suppressionId: Id },
): Promise<void> {
  requireAdmin(caller)
  await transact(async (store) => {
    const ended = await store.suppressions.end(suppressionId, caller.id)
    if (!ended) throw new ServiceError('not_found')
    await store.audit.append({
      actor: actorOf(caller),
      action: 'store.suppression.end',
      resource: `entity:${ended.entityId}`,
      params: { suppression_id: ended.id, rule_id: ended.ruleId },
    })
  })
}
