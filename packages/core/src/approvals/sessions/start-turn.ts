import { ServiceError } from '../../errors.ts'
import { newId } from '../../ids.ts'
import type { Ports } from '../../ports.ts'
import { auditSession } from './audit-session.ts'
import { isAsking } from './resolve-setting.ts'
import { applyChange, judgeSessionChange, type SessionChange } from './resume-session.ts'
import type { Turn } from './turn.ts'

/**
 * Starts the next turn of a session. What it overrides, later turns keep; a turn that overrides nothing
 * rewrites nothing.
 */
export async function startTurn(
  { transact }: Pick<Ports, 'transact'>,
  request: SessionChange,
): Promise<Turn> {
  const { caller, sessionId, wanted } = request
  return transact(async (store) => {
    const judged = await judgeSessionChange(store, request)
    const { approvalMode, sandbox } = judged.resolved
    const turn = await store.turns.open({
      id: newId(),
      sessionId,
      approvalMode,
      sandbox,
      overridden: isAsking(wanted),
    })
    if (!turn) throw new ServiceError('turn_in_progress')
    const session = await applyChange(store, request, judged)
    await auditSession(store, caller, 'session.turn_start', session, { turn_id: turn.id })
    return turn
  })
}
