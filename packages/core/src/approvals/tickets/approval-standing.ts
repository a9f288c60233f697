import { ServiceError } from '../../errors.ts'
import { type Caller, isAdmin } from '../../identity/caller.ts'
import type { Store } from '../../repositories.ts'
import type { Approval } from './approval.ts'

/** How somebody stands to a ticket. */
export interface ApprovalStanding {
  caller: Caller
  /** Whether they asked for it, first or after, or act for whoever did, or own an agent that did. */
  isParty: boolean
  /** Whether they asked for it themselves. */
  isRequester: boolean
  /** Whether an agent of theirs asked for it. */
  isOwner: boolean
  isMember: boolean
  /** Whether they are one of those who decide in the workspace, if nothing bars them. */
  mayDecide: boolean
}

/** Finds out how the caller stands to a ticket. To whoever may not read it, there is none. */
export async function requireStanding(
  store: Pick<Store, 'approvals' | 'workspaces'>,
  caller: Caller,
  approval: Pick<Approval, 'id' | 'workspaceId'>,
): Promise<ApprovalStanding> {
  const [requesters, access] = await Promise.all([
    store.approvals.listRequesters(approval.id),
    store.workspaces.findAccess(approval.workspaceId, caller.personId),
  ])
  const isRequester = requesters.some(({ id }) => id === caller.id)
  const isOwner = requesters.some(({ ownerId }) => ownerId === caller.id)
  const isParty = requesters.some(({ id, ownerId }) => (ownerId ?? id) === caller.personId)
  const isMember = access?.isMember ?? false
  const mayDecide = caller.kind === 'user' && (isAdmin(caller) || (access?.canDecide ?? false))
  if (!isParty && !isMember && !mayDecide) throw new ServiceError('not_found')
  return { caller, isParty, isRequester, isOwner, isMember, mayDecide }
}
