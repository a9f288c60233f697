import type { Id } from '../ids.ts'
import type { Usage } from '../reviews/assessment.ts'
import type { AuthorizedBy, Execution } from './executions/execution.ts'
import type { Grant } from './grants/grant.ts'
import type { ActionAssessment, ApprovalReview, Outcome } from './reviews/approval-review.ts'
import type { ApprovalMode } from './sessions/approval-mode.ts'
import type { Session, StoredSession } from './sessions/session.ts'
import type { Turn } from './sessions/turn.ts'
import type { Approval, Stage, VoteVerdict } from './tickets/approval.ts'
import type { Workspace } from './workspaces/workspace.ts'

/** The approvals half of the database, as the core sees it. Every time is the database's. */
export interface ApprovalStore {
  approvals: ApprovalRepository
  approvalReviews: ApprovalReviewRepository
  confirmations: ConfirmationRepository
  executions: ExecutionRepository
  grants: GrantRepository
  sessions: SessionRepository
  turns: TurnRepository
  workspaces: WorkspaceRepository
}

/** A question to the gate, with everything that judging it has found. */
export interface Question {
  workspaceId: Id
  action: string
  requestHash: string
  /** RFC 8785 text. */
  context: string
  reason: string
  principalId: Id
  sessionId: Id | null
  /** What answers without anybody being asked; `null` if something has to. */
  authority: 'policy' | 'bypass' | null
  stage: Stage
  votesNeeded: number
  barsOwner: boolean
  takesGrants: boolean
  ttlS: number
  useTtlS: number
  /** For how long a denial of the same denies again. */
  cooldownS: number
}

export type GateAnswer =
  | { outcome: 'allow'; executionId: Id; authorizedBy: AuthorizedBy; approvalId: Id | null }
  | { outcome: 'pending'; approvalId: Id; expiresAt: Date; reason: string; isNew: boolean }
  | { outcome: 'recently_denied'; approvalId: Id }
  | { outcome: 'own_approval' }
  | { outcome: 'denied_by_policy' }
  | { outcome: 'rate_limited' }

/** A step of a ticket, as it is written. */
export interface Settlement {
  status: 'approved' | 'denied' | 'cancelled' | 'revoked'
  by: string
  reason: string
  label?: string | null
}

export interface ApprovalRepository {
  /**
   * Uses a live approval, else a grant, else asks: exactly once, however many ask at once. In a
   * transaction, what was used is given back if the transaction fails.
   */
  ask(question: Question): Promise<GateAnswer>
  /** The ticket as the clock has it: one whose time is over is over, whoever wrote it down. */
  find(id: Id): Promise<Approval | undefined>
  /** Reads a ticket and keeps every other step of it waiting until the transaction ends. */
  lock(id: Id): Promise<Approval | undefined>
  /**
   * Moves a ticket out of the status that it was read in, unless somebody else has, or its time is
   * over; then `undefined`.
   */
  settle(read: Approval, settlement: Settlement): Promise<Approval | undefined>
  /** Ends what waits in a session, or in one turn of it; gives how many did. */
  cancelAll(of: { sessionId: Id; turnId?: Id }, by: string, reason: string): Promise<number>
  /** Adds a vote while the ticket is open; says whether it is the principal's first. */
  vote(id: Id, vote: { principalId: Id; verdict: VoteVerdict; comment: string }): Promise<boolean>
  /** Approving votes of people who still are allowed in. */
  countApprovals(id: Id): Promise<number>
  /** Whoever asked for the ticket, first or after, with the persons behind agents. */
  listRequesters(id: Id): Promise<{ id: Id; ownerId: Id | null }[]>
  /** Writes down that a ticket has expired, if it has. */
  expire(id: Id): Promise<void>
  /** Ends pending tickets, and approved ones that nobody used in time; gives how many. */
  retireOverdue(limit: number): Promise<number>
  /** Pending ones whose time is not over. */
  countPending(): Promise<number>
}

/** The tickets of the confirmation daemon's clients. */
export interface ConfirmationRepository {
  find(confirmId: string): Promise<Approval | undefined>
  /** Whether an action was submitted too often. Until the transaction ends, nobody else submits it. */
  isSpent(limits: { action: string; limit: number; windowS: number }): Promise<boolean>
  open(
    ticket: Pick<
      Approval,
      | 'id'
      | 'workspaceId'
      | 'action'
      | 'requestHash'
      | 'reason'
      | 'requesterId'
      | 'votesNeeded'
      | 'barsOwner'
      | 'confirmId'
      | 'requesterLabel'
      | 'sessionKey'
    > & { context: string; ttlS: number },
  ): Promise<Approval>
}

export interface ExecutionRepository {
  find(id: Id): Promise<Execution | undefined>
  /** Reports how a running one ended, within its lease; else `undefined`. */
  finish(
    id: Id,
    result: { status: 'succeeded' | 'failed'; error: string | null },
  ): Promise<Execution | undefined>
  /** Gives up on those whose lease is over; they are given, and stay unknown. */
  loseOverdue(limit: number): Promise<Execution[]>
}

export interface GrantRepository {
  insert(
    grant: Omit<Grant, 'uses' | 'createdAt' | 'expiresAt' | 'revokedAt' | 'revokedBy'>,
    ttlS: number,
  ): Promise<Grant>
  /** A grant that speaks of any context of an action, to everybody or to one session key. */
  findFor(question: {
    workspaceId: Id
    action: string
    sessionKey: string
    effect: Grant['effect']
  }): Promise<Id | undefined>
  /** Counts a use; says no if it was used up or ended in between. */
  use(id: Id): Promise<boolean>
  /** Ends a grant; gives it, or `undefined` if there is none to be ended. */
  revoke(id: Id, by: Id): Promise<Grant | undefined>
}

export type SessionChanges = Partial<
  Pick<Session, 'approvalMode' | 'sandbox' | 'restore' | 'reviewSuspendedAt' | 'status'>
> & {
  /** When a bypass ends, from now; `null` for none. */
  bypassTtlS?: number | null
}

export interface SessionRepository {
  find(id: Id): Promise<StoredSession | undefined>
  lock(id: Id): Promise<StoredSession | undefined>
  /** Adds one. A bypass ends after its time, or with that of the session it was forked from. */
  insert(
    session: Omit<Session, 'createdAt' | 'version' | 'status' | 'reviewSuspendedAt'>,
    bypassTtlS: number | null,
  ): Promise<Session>
  /** Writes changes. Only for whoever holds the lock. */
  update(id: Id, changes: SessionChanges): Promise<Session>
  /** Has people asked instead of the model from now on. */
  suspendReview(id: Id): Promise<void>
  /** Ends bypasses whose time is over; gives the sessions. */
  endBypasses(limit: number): Promise<Session[]>
}

export interface TurnRepository {
  find(id: Id): Promise<Turn | undefined>
  /** Opens a session's next turn; `undefined` while one is open. */
  open(
    turn: Pick<Turn, 'id' | 'sessionId' | 'approvalMode' | 'sandbox' | 'overridden'>,
  ): Promise<Turn | undefined>
  /** Moves a turn out of the status that it was read in; `undefined` if somebody else has. */
  move(read: Turn, status: Turn['status']): Promise<Turn | undefined>
}

/** A workspace as somebody stands to it. */
export interface WorkspaceAccess {
  workspace: Workspace
  isMember: boolean
  canDecide: boolean
  /** The strictest ceiling of the workspace and those above it. */
  ceiling: ApprovalMode | null
}

export interface WorkspaceRepository {
  /** One that is not deleted, as a person stands to it. */
  findAccess(id: Id, personId: Id): Promise<WorkspaceAccess | undefined>
  insert(workspace: Omit<Workspace, 'createdAt' | 'deletedAt'>): Promise<Workspace>
  update(
    id: Id,
    changes: Partial<Pick<Workspace, 'name' | 'maxMode'>>,
  ): Promise<Workspace | undefined>
  /** Closes a workspace; says whether it was open. */
  delete(id: Id): Promise<boolean>
  hasChildren(id: Id): Promise<boolean>
  putMember(member: {
    workspaceId: Id
    principalId: Id
    canDecide: boolean
    addedBy: Id
  }): Promise<void>
  removeMember(workspaceId: Id, principalId: Id): Promise<boolean>
}

/** The reviewer model's part in tickets. */
export interface ApprovalReviewRepository {
  listDue(limit: number): Promise<{ approvalId: Id; claims: number }[]>
  /** Takes a ticket that waits for the model for a while; `undefined` if it is somebody's, or answered. */
  claim(
    approvalId: Id,
    leaseMs: number,
  ): Promise<(Approval & { leaseId: Id; claims: number }) | undefined>
  /**
   * Writes what the holder of a lease found: an answer, or that a person has to give one. Gives
   * `undefined` if the lease is lost, the time over, or somebody has answered.
   */
  settle(held: { id: Id; leaseId: Id }, review: ApprovalReview): Promise<Approval | undefined>
  recordCall(call: {
    approvalId: Id
    model: string
    requestId: string | null
    outcome: string
    usage: Usage
    durationMs: number
    assessment: ActionAssessment | null
  }): Promise<void>
  /** What came of a session's last reviews, the newest first. */
  listOutcomes(sessionId: Id, limit: number): Promise<Outcome[]>
}
