import { ServiceError } from '../errors.ts'
import { actorOf, type Caller, requireAdmin } from '../identity/caller.ts'
import { type Id, newId } from '../ids.ts'
import type { Ports } from '../ports.ts'
import { requireReason } from '../submissions/decisions/require-reason.ts'
import type { Suppression, SuppressionScope } from './suppression.ts'

export interface SuppressionRequest {
  caller: Caller
  entityId: Id
  ruleId: string
  scope: SuppressionScope
  reason: string
  expiresInDays: number
}

/**
 * Lets a rule be wrong about one thing in one entity, for a time. It is heeded from the next inspection
 * on, and changes no verdict that was reached: rescan the version, or have it offered again.
 */
export async function suppressFinding(
  { transact }: Pick<Ports, 'transact'>,
  { caller, entityId, ruleId, scope, reason, expiresInDays }: SuppressionRequest,
): Promise<Suppression> {
  requireAdmin(caller)
  const trimmed = requireReason(reason)
  return transact(async (store) => {
    if (!(await store.entities.find(entityId))) throw new ServiceError('not_found')
    const suppression = await store.suppressions.insert({
      id: newId(),
      ruleId,
      entityId,
      fileSha256: 'fileSha256' in scope ? scope.fileSha256 : null,
      fingerprint: 'fingerprint' in scope ? scope.fingerprint : null,
      reason: trimmed,
      createdBy: caller.id,
      expiresAt: new Date(Date.now() + expiresInDays * 86_400_000),
    })
    await store.audit.append({
      actor: actorOf(caller),
      action: 'store.suppression.create',
      resource: `entity:${entityId}`,
      params: {
        suppression_id: suppression.id,
        rule_id: ruleId,
        reason: trimmed,
        expires_at: suppression.expiresAt.toISOString(),
      },
    })
    return suppression
  })
}
