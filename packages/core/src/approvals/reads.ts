import type { Caller } from '../identity/caller.ts'
import type { Id } from '../ids.ts'
import type { Page, PageRequest } from '../reads.ts'
import type { ConfirmationStep } from './confirmations/confirmation-status.ts'
import type { Grant } from './grants/grant.ts'
import type { StoredSession } from './sessions/session.ts'
import type { Turn } from './sessions/turn.ts'
import type { Approval, ApprovalStatus } from './tickets/approval.ts'
import type { Workspace } from './workspaces/workspace.ts'

/** A ticket with everything that its wire form needs. */
export interface ApprovalDetail {
  approval: Approval
  requester: { id: Id; kind: 'user' | 'agent'; handle: string }
  executionId: Id | null
}

export interface ApprovalFilter {
  statuses?: readonly ApprovalStatus[] | undefined
  action?: string | undefined
  workspaceId?: Id | undefined
  sessionId?: Id | undefined
  /** Only what the viewer, or an agent of theirs, asked for. */
  isMine?: boolean | undefined
}

/** Questions of the approvals half that show something and decide nothing. */
export interface ApprovalReads {
  findApproval(id: Id): Promise<ApprovalDetail | undefined>
  /** What the viewer may see: what they or their agents asked for, and what their workspaces did. */
  listApprovals(
    filter: ApprovalFilter,
    viewer: Caller,
    page: PageRequest,
  ): Promise<Page<ApprovalDetail>>
  /** What happened to confirmations, the last first: the whole record after each step. */
  listConfirmationSteps(limit: number): Promise<ConfirmationStep[]>
  /** The workspaces in which somebody is told of events. */
  listWorkspaceIds(personId: Id): Promise<Id[]>
  listWorkspaces(viewer: Caller, page: PageRequest): Promise<Page<Workspace>>
  listMembers(workspaceId: Id, page: PageRequest): Promise<Page<WorkspaceMember>>
  listGrants(workspaceId: Id, page: PageRequest): Promise<Page<Grant>>
  listSessions(viewer: Caller, page: PageRequest): Promise<Page<StoredSession>>
  /** The turns of a session, the first one first; one with a question open waits for its answer. */
  listTurns(sessionId: Id): Promise<Turn[]>
}

export interface WorkspaceMember {
  id: Id
  handle: string
  canDecide: boolean
}
