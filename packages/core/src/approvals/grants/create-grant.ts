import { ServiceError } from '../../errors.ts'
import { type Caller, requireAdmin } from '../../identity/caller.ts'
import { type Id, newId } from '../../ids.ts'
import type { Ports } from '../../ports.ts'
import type { Store } from '../../repositories.ts'
import { isHumanOnly } from '../actions/action-map.ts'
import { requireWorkspace } from '../workspaces/require-workspace.ts'
import { rootWorkspaceId } from '../workspaces/workspace.ts'
import type { Grant } from './grant.ts'

export interface GrantRequest
  extends Pick<
    Grant,
    'kind' | 'effect' | 'action' | 'sessionId' | 'sessionKey' | 'requestHash' | 'maxUses'
  > {
  caller: Caller
  workspaceId: Id | undefined
  expiresInS: number
}

/**
 * Answers a question in advance. What only people answer for is answered by people each time: only a
 * denial can be given in advance for it.
 */
export async function createGrant(
  { transact }: Pick<Ports, 'transact'>,
  { caller, expiresInS, workspaceId = rootWorkspaceId, ...request }: GrantRequest,
): Promise<Grant> {
  requireAdmin(caller)
  if (request.effect === 'allow' && isHumanOnly(request.action)) {
    throw new ServiceError('grant_not_allowed')
  }
  refuseMisplaced(request)
  return transact(async (store) => {
    await requireWorkspace(store, caller, workspaceId)
    if (request.sessionId) await requireSessionIn(store, request.sessionId, workspaceId)
    const grant = await store.grants.insert(
      { ...request, id: newId(), workspaceId, createdBy: caller.id },
      expiresInS,
    )
    await auditGrant(store, caller, 'approval.grant_created', grant)
    return grant
  })
}

/** A session's grant names its session; a standing one names none. */
function refuseMisplaced({
  kind,
  sessionId,
  sessionKey,
}: Omit<GrantRequest, 'caller' | 'workspaceId' | 'expiresInS'>): void {
  const named = [sessionId, sessionKey].filter((name) => name !== null).length
  if (named === (kind === 'session' ? 1 : 0)) return
  const message = kind === 'session' ? 'needs session_id or session_key' : 'names a session'
  throw new ServiceError('validation_failed', {
    detail: `kind: ${message}`,
    members: { errors: [{ path: 'kind', message }] },
  })
}

async function requireSessionIn({ sessions }: Store, id: Id, workspaceId: Id): Promise<void> {
  const session = await sessions.find(id)
  if (session?.workspaceId === workspaceId) return
  throw new ServiceError('not_found', { detail: 'There is no such session in the workspace.' })
}

export async function auditGrant(
  { audit }: Pick<Store, 'audit'>,
  { id, kind }: Caller,
  action: 'approval.grant_created' | 'approval.grant_revoked',
  grant: Grant,
): Promise<void> {
  await audit.append({
    actor: { id, kind },
    action,
    resource: `grant:${grant.id}`,
    params: {
      workspace_id: grant.workspaceId,
      kind: grant.kind,
      effect: grant.effect,
      action: grant.action,
      session_id: grant.sessionId,
      session_key: grant.sessionKey,
      request_hash: grant.requestHash,
      max_uses: grant.maxUses,
    },
  })
}
