import type { Caller } from '../../identity/caller.ts'
import { type Id, newId } from '../../ids.ts'
import type { Ports } from '../../ports.ts'
import { requireWorkspace } from '../workspaces/require-workspace.ts'
import { rootWorkspaceId } from '../workspaces/workspace.ts'
import { stricterOf } from './approval-mode.ts'
import { auditSession } from './audit-session.ts'
import { judgeChange } from './judge-change.ts'
import { resolveSetting, startingSetting, type Wanted } from './resolve-setting.ts'
import type { Session } from './session.ts'

/** Starts a session. Where nothing is asked for, the reviewer model answers, then people. */
export async function startSession(
  { transact }: Pick<Ports, 'transact'>,
  request: { caller: Caller; workspaceId: Id | undefined; wanted: Wanted },
): Promise<Session> {
  const { caller, workspaceId = rootWorkspaceId, wanted } = request
  return transact(async (store) => {
    const { ceiling } = await requireWorkspace(store, caller, workspaceId)
    const start = startingSetting(stricterOf('auto_review', ceiling))
    const resolved = resolveSetting(start, wanted)
    judgeChange({ caller, current: undefined, wanted, resolved, ceiling })
    const { bypassTtlS = null, ...setting } = resolved
    const session = await store.sessions.insert(
      {
        ...setting,
        id: newId(),
        workspaceId,
        principalId: caller.id,
        personId: caller.personId,
        forkedFromId: null,
        bypassExpiresAt: null,
      },
      bypassTtlS,
    )
    await auditSession(store, caller, 'session.start', session)
    return session
  })
}
