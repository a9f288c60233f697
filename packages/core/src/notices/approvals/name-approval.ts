import type { Approval } from '../../approvals/tickets/approval.ts'
import type { Id } from '../../ids.ts'
import type { Store } from '../../repositories.ts'
import type { NamedApproval } from './compose-approval.ts'

/** Finds out what people call the parts of a request. `workspaceId`: where it is shown, if elsewhere. */
export async function nameApproval(
  { principals, workspaces }: Pick<Store, 'principals' | 'workspaces'>,
  approval: Approval,
  workspaceId: Id = approval.workspaceId,
): Promise<NamedApproval> {
  const { requesterId, requesterLabel, resolvedLabel, decidedBy } = approval
  const isSystem = decidedBy === null || decidedBy.startsWith('system:')
  const [access, requester, decider] = await Promise.all([
    workspaces.findAccess(workspaceId, requesterId),
    principals.find(requesterId),
    isSystem ? undefined : principals.find(decidedBy),
  ])
  return {
    approval,
    workspace: access?.workspace.name ?? workspaceId,
    requester: requesterLabel ?? requester?.handle ?? requesterId,
    decider: decider ? (resolvedLabel ?? decider.handle) : null,
  }
}
