import type { ApprovalDetail } from '@countersign/core/approvals/reads'
import { ActionAssessment, Outcome } from '@countersign/core/approvals/reviews/approval-review'
import { ApprovalStatus } from '@countersign/core/approvals/tickets/approval'
import { Id } from '@countersign/core/ids'
import { z } from 'zod'
import { Moment, PageQuery, viewMoment } from '../page.ts'

/** One status, or several with commas between them, or the parameter several times. */
const Statuses = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => [value].flat().flatMap((part) => part.split(',').filter(Boolean)))
  .pipe(z.array(ApprovalStatus))

export const ApprovalQuery = PageQuery.extend({
  status: Statuses.optional(),
  action: z.string().max(200).optional(),
  workspace_id: Id.optional(),
  session_id: Id.optional(),
  mine: z.stringbool().optional().describe('Only what you or your agents asked for'),
})

export const WaitQuery = z.object({
  timeout_s: z.coerce.number().min(0).max(50).default(25),
})

export const DecisionBody = z.object({
  verdict: z.enum(['approve', 'deny']),
  comment: z.string().max(4000).default(''),
  expected_hash: z
    .string()
    .max(64)
    .optional()
    .describe('The `request_hash` that you were shown: a decision on anything else is refused.'),
})

export const WithdrawalBody = z.object({ reason: z.string().max(4000).default('') })

/** What the reviewer model made of a request. */
const ReviewView = z.object({
  outcome: Outcome,
  assessment: ActionAssessment.nullable(),
  model: z.string().nullable(),
  failure: z.string().nullable().describe('Why there is no assessment'),
})

/** One ticket: may exactly this action, with exactly this context, run once? */
export const ApprovalView = z
  .object({
    id: Id,
    workspace_id: Id,
    action: z.string(),
    context: z.record(z.string(), z.unknown()),
    request_hash: z.string(),
    reason: z.string(),
    status: ApprovalStatus,
    stage: z.enum(['auto_review', 'human']).describe('Whose answer a pending one waits for'),
    requester: z.object({ id: Id, kind: z.enum(['user', 'agent']), handle: z.string() }),
    session_id: Id.nullable(),
    turn_id: Id.nullable(),
    votes_needed: z.int().describe('How many people have to approve'),
    decided_by: z
      .string()
      .nullable()
      .describe('A principal, or `system:timeout`, `system:reviewer` …'),
    decided_at: Moment.nullable(),
    decision_reason: z.string().nullable(),
    review: ReviewView.nullable(),
    created_at: Moment,
    expires_at: Moment,
    use_expires_at: Moment.nullable(),
    consumed_at: Moment.nullable(),
    execution_id: Id.nullable(),
    version: z.int(),
  })
  .meta({ id: 'Approval' })
export type ApprovalView = z.infer<typeof ApprovalView>

export function viewApproval({ approval, requester, executionId }: ApprovalDetail): ApprovalView {
  return {
    id: approval.id,
    workspace_id: approval.workspaceId,
    action: approval.action,
    context: approval.context,
    request_hash: approval.requestHash,
    reason: approval.reason,
    status: approval.status,
    stage: approval.stage,
    requester,
    session_id: approval.sessionId,
    turn_id: approval.turnId,
    votes_needed: approval.votesNeeded,
    decided_by: approval.decidedBy,
    decided_at: viewMoment(approval.decidedAt),
    decision_reason: approval.decisionReason,
    review: approval.review,
    created_at: viewMoment(approval.createdAt),
    expires_at: viewMoment(approval.expiresAt),
    use_expires_at: viewMoment(approval.useExpiresAt),
    consumed_at: viewMoment(approval.consumedAt),
    execution_id: executionId,
    version: approval.version,
  }
}
