import type { Caller } from '../../identity/caller.ts'
import type { Id } from '../../ids.ts'
import type { Ports } from '../../ports.ts'
import type { Store } from '../../repositories.ts'
import { requireWorkspace } from '../workspaces/require-workspace.ts'
import type { ApprovalMode } from './approval-mode.ts'
import { auditSession } from './audit-session.ts'
import { judgeChange } from './judge-change.ts'
import { requireActive, requireSession } from './require-session.ts'
import { isAsking, type ResolvedSetting, resolveSetting, type Wanted } from './resolve-setting.ts'
import type { Session } from './session.ts'

export interface SessionChange {
  caller: Caller
  sessionId: Id
  wanted: Wanted
}

/** A session under lock, with what a request would make of it. */
export interface JudgedChange {
  session: Session
  resolved: ResolvedSetting
  ceiling: ApprovalMode | null
}

/** Locks a session and works out what a request leads to; refuses it before anything is written. */
export async function judgeSessionChange(
  store: Store,
  { caller, sessionId, wanted }: SessionChange,
  { isFork = false }: { isFork?: boolean } = {},
): Promise<JudgedChange> {
  const session = requireActive(requireSession(caller, await store.sessions.lock(sessionId)))
  const { ceiling } = await requireWorkspace(store, caller, session.workspaceId)
  const resolved = resolveSetting(session, wanted)
  judgeChange({ caller, current: session, wanted, resolved, ceiling, isFork })
  return { session, resolved, ceiling }
}

/** Goes on with a session; changes who answers, if that is asked for, and nothing if it is not. */
export async function resumeSession(
  { transact }: Pick<Ports, 'transact'>,
  request: SessionChange,
): Promise<Session> {
  return transact(async (store) => {
    const judged = await judgeSessionChange(store, request)
    return applyChange(store, request, judged)
  })
}

/**
 * Writes a judged change, if one was asked for. In a session in which nobody is asked any more, nobody
 * goes on waiting for an answer.
 */
export async function applyChange(
  store: Store,
  { caller, sessionId, wanted }: SessionChange,
  { session, resolved }: JudgedChange,
): Promise<Session> {
  if (!isAsking(wanted)) return session
  const { bypassTtlS, ...setting } = resolved
  const changed = await store.sessions.update(sessionId, {
    ...setting,
    ...(bypassTtlS === undefined ? {} : { bypassTtlS }),
    // A person who names the mode has looked at what the model kept denying.
    ...(caller.kind === 'user' && wanted.approvalMode ? { reviewSuspendedAt: null } : {}),
  })
  if (changed.approvalMode === 'deny_all') {
    await store.approvals.cancelAll({ sessionId }, caller.id, 'mode_changed')
  }
  await auditSession(store, caller, 'session.change', changed, {
    prior_approval_mode: session.approvalMode,
    prior_sandbox: session.sandbox,
  })
  return changed
}
