import { ServiceError } from '../../errors.ts'
import type { Caller } from '../../identity/caller.ts'
import type { Id } from '../../ids.ts'
import type { Store } from '../../repositories.ts'
import { requireActive, requireSession } from '../sessions/require-session.ts'
import { type Session, withinCeiling } from '../sessions/session.ts'
import { requireWorkspace } from '../workspaces/require-workspace.ts'
import { rootWorkspaceId } from '../workspaces/workspace.ts'

/**
 * Finds the workspace that a question is asked in, and its session as it is in force there. To whoever
 * belongs to neither, there is none.
 */
export async function locateRequest(
  store: Pick<Store, 'sessions' | 'workspaces'>,
  request: { caller: Caller; workspaceId?: Id | undefined; sessionId?: Id | undefined },
): Promise<{ workspaceId: Id; session?: Session }> {
  const { caller, sessionId } = request
  if (!sessionId) {
    const { workspaceId = rootWorkspaceId } = request
    if (workspaceId !== rootWorkspaceId) await requireWorkspace(store, caller, workspaceId)
    return { workspaceId }
  }
  const session = requireActive(requireSession(caller, await store.sessions.find(sessionId)))
  const { workspaceId } = session
  if (workspaceId !== (request.workspaceId ?? workspaceId)) {
    throw new ServiceError('not_found', { detail: 'The session is of another workspace.' })
  }
  const { ceiling } = await requireWorkspace(store, caller, workspaceId)
  return { workspaceId, session: withinCeiling(session, ceiling) }
}
