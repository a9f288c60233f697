import { systemActor } from '../../identity/caller.ts'
import type { Ports } from '../../ports.ts'

const batch = 500

/**
 * Writes down what the clock has decided: tickets that expired or lapsed, executions that nobody
 * reported, bypasses that ended. Everybody who looks judges by the clock anyway, so this may be late.
 */
export async function retireOverdue({ transact }: Pick<Ports, 'transact'>): Promise<number> {
  return transact(async (store) => {
    const tickets = await store.approvals.retireOverdue(batch)
    const lost = await store.executions.loseOverdue(batch)
    for (const { id, action, approvalId } of lost) {
      await store.audit.append({
        actor: systemActor,
        action: 'approval.execution_unknown',
        resource: `execution:${id}`,
        params: { action, approval_id: approvalId },
      })
    }
    const restored = await store.sessions.endBypasses(batch)
    for (const { id, approvalMode } of restored) {
      await store.audit.append({
        actor: systemActor,
        action: 'session.bypass_ended',
        resource: `session:${id}`,
        params: { approval_mode: approvalMode },
      })
    }
    return tickets + lost.length + restored.length
  })
}
