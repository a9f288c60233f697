import { ServiceError } from '../../errors.ts'
import type { Caller } from '../../identity/caller.ts'
import type { Id } from '../../ids.ts'
import type { Ports } from '../../ports.ts'
import { auditSession } from './audit-session.ts'
import { requireSession } from './require-session.ts'
import { type Turn, type TurnEvent, type TurnStatus, turnMachine } from './turn.ts'

const eventTo: Record<TurnStatus, TurnEvent> = {
  running: 'go_on',
  waiting_approval: 'wait',
  completed: 'complete',
  interrupted: 'interrupt',
  failed: 'fail',
}

/** Says how a turn goes on or ends. What a turn that was broken off had asked is cancelled. */
export async function moveTurn(
  { transact }: Pick<Ports, 'transact'>,
  { caller, turnId, status }: { caller: Caller; turnId: Id; status: TurnStatus },
): Promise<Turn> {
  return transact(async (store) => {
    const turn = await store.turns.find(turnId)
    if (!turn) throw new ServiceError('not_found')
    const session = requireSession(caller, await store.sessions.find(turn.sessionId))
    const next = turnMachine.after(turn.status, eventTo[status])
    const moved = next && (await store.turns.move(turn, next))
    if (!moved) {
      throw new ServiceError('turn_over', { members: { current_status: turn.status } })
    }
    if (status === 'interrupted' || status === 'failed') {
      await store.approvals.cancelAll({ sessionId: session.id, turnId }, caller.id, 'turn_over')
    }
    if (moved.endedAt) {
      const params = { turn_id: turnId, status }
      await auditSession(store, caller, 'session.turn_end', session, params)
    }
    return moved
  })
}
