import type { Caller } from '../../identity/caller.ts'
import type { Id } from '../../ids.ts'
import type { Ports } from '../../ports.ts'
import { auditSession } from './audit-session.ts'
import { requireSession } from './require-session.ts'

/** Puts a session away: nothing is asked in it any more, and what waits in it is cancelled. */
export async function archiveSession(
  { transact }: Pick<Ports, 'transact'>,
  { caller, sessionId }: { caller: Caller; sessionId: Id },
): Promise<void> {
  await transact(async (store) => {
    const session = requireSession(caller, await store.sessions.lock(sessionId))
    if (session.status === 'archived') return
    const archived = await store.sessions.update(sessionId, { status: 'archived' })
    await store.approvals.cancelAll({ sessionId }, caller.id, 'session_archived')
    await auditSession(store, caller, 'session.archive', archived)
  })
}
