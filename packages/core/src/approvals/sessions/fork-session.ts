import { newId } from '../../ids.ts'
import type { Ports } from '../../ports.ts'
import { auditSession } from './audit-session.ts'
import { judgeSessionChange, type SessionChange } from './resume-session.ts'
import type { Session } from './session.ts'

/**
 * Starts a session from what another one is. A bypass that it inherits ends when the other's does; the
 * other one stays as it was.
 */
export async function forkSession(
  { transact }: Pick<Ports, 'transact'>,
  request: SessionChange,
): Promise<Session> {
  const { caller } = request
  return transact(async (store) => {
    const { session, resolved } = await judgeSessionChange(store, request, { isFork: true })
    const { bypassTtlS, ...setting } = resolved
    const fork = await store.sessions.insert(
      {
        ...setting,
        id: newId(),
        workspaceId: session.workspaceId,
        principalId: caller.id,
        personId: caller.personId,
        forkedFromId: session.id,
        bypassExpiresAt: bypassTtlS === undefined ? session.bypassExpiresAt : null,
      },
      bypassTtlS ?? null,
    )
    // Nobody gets away from the breaker by a fork.
    if (session.reviewSuspendedAt) await store.sessions.suspendReview(fork.id)
    await auditSession(store, caller, 'session.fork', fork, { forked_from_id: session.id })
    return fork
  })
}
