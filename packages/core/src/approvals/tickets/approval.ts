import { z } from 'zod'
import type { Id } from '../../ids.ts'
import { defineStateMachine } from '../../state-machine.ts'
import type { ApprovalReview } from '../reviews/approval-review.ts'

/**
 * The life of a ticket. An approved one is used at most once, within its time; nothing leaves the other
 * statuses. `docs/generated/state-machines.md` is drawn from this table, and the database refuses every
 * step that is not in it.
 */
export const approvalMachine = defineStateMachine({
  pending: { approve: 'approved', deny: 'denied', expire: 'expired', cancel: 'cancelled' },
  approved: { revoke: 'revoked', lapse: 'lapsed' },
  denied: {},
  expired: {},
  cancelled: {},
  revoked: {},
  lapsed: {},
})

export const ApprovalStatus = z.enum(approvalMachine.statuses)
export type ApprovalStatus = z.infer<typeof ApprovalStatus>

/** Whose answer a pending ticket waits for. */
export type Stage = 'auto_review' | 'human'

export type VoteVerdict = 'approve' | 'deny'

/** One ticket: may exactly this action, with exactly this context, run once? */
export interface Approval {
  id: Id
  workspaceId: Id
  action: string
  context: Record<string, unknown>
  requestHash: string
  reason: string
  requesterId: Id
  sessionId: Id | null
  turnId: Id | null
  votesNeeded: number
  /** Whether the owner of an agent that asked is barred from deciding, as the agent is. */
  barsOwner: boolean
  useTtlS: number
  status: ApprovalStatus
  stage: Stage
  version: number
  createdAt: Date
  expiresAt: Date
  decidedAt: Date | null
  /** A principal, or the part of the system that did it: `system:timeout`, `system:reviewer` … */
  decidedBy: string | null
  decisionReason: string | null
  useExpiresAt: Date | null
  consumedAt: Date | null
  consumedBy: Id | null
  review: ApprovalReview | null
  confirmId: string | null
  requesterLabel: string | null
  sessionKey: string | null
  resolvedLabel: string | null
}

/** Who moved a ticket that no person moved. */
export const timeout = 'system:timeout'
export const reviewerModel = 'system:reviewer'
