import type { ApprovalReviewRepository } from '@countersign/core/approvals/repositories'
import type { ApprovalReview, Outcome } from '@countersign/core/approvals/reviews/approval-review'
import { reviewerModel } from '@countersign/core/approvals/tickets/approval'
import { newId } from '@countersign/core/ids'
import { and, asc, desc, eq, isNotNull, sql } from 'drizzle-orm'
import { hence, isPast } from '../../clock.ts'
import type { Connection } from '../../connection.ts'
import { approvalReviews, approvals } from '../../schema/approvals.ts'
import { judgedColumns, toApproval } from './judged-approval.ts'
import { hasTimeLeft, isPending, toChanges } from './ticket-changes.ts'

const isDue = and(isPending, hasTimeLeft, isPast(approvals.reviewDueAt))

type Taker = Pick<ApprovalReviewRepository, 'listDue' | 'claim' | 'settle'>
type Recorder = Pick<ApprovalReviewRepository, 'recordCall' | 'listOutcomes'>

export function createApprovalReviewRepository(db: Connection): ApprovalReviewRepository {
  return { ...createTaker(db), ...createRecorder(db) }
}

function createTaker(db: Connection): Taker {
  return {
    async listDue(limit) {
      return db
        .select({ approvalId: approvals.id, claims: approvals.reviewClaims })
        .from(approvals)
        .where(isDue)
        .orderBy(asc(approvals.reviewDueAt))
        .limit(limit)
    },

    async claim(approvalId, leaseMs) {
      const leaseId = newId()
      const [row] = await db
        .update(approvals)
        .set({
          reviewLeaseId: leaseId,
          reviewDueAt: hence(leaseMs),
          reviewClaims: sql`${approvals.reviewClaims} + 1`,
        })
        .where(and(eq(approvals.id, approvalId), isDue))
        .returning(judgedColumns)
      return row && { ...toApproval(row), leaseId, claims: row.reviewClaims }
    },

    async settle({ id, leaseId }, review) {
      const isHeld = and(
        eq(approvals.id, id),
        eq(approvals.reviewLeaseId, leaseId),
        eq(approvals.stage, 'auto_review'),
        isPending,
        hasTimeLeft,
      )
      const [row] = await db
        .update(approvals)
        .set({ ...answerOf(review), review })
        .where(isHeld)
        .returning(judgedColumns)
      return row && toApproval(row)
    },
  }
}

function answerOf({ outcome, assessment }: ApprovalReview) {
  const step = { by: reviewerModel, reason: assessment?.rationale ?? '' }
  switch (outcome) {
    case 'allow':
      return toChanges({ ...step, status: 'approved' })
    case 'deny':
      return toChanges({ ...step, status: 'denied' })
    case 'escalate':
      return {
        stage: 'human' as const,
        reviewDueAt: null,
        version: sql`${approvals.version} + 1`,
      }
  }
}

function createRecorder(db: Connection): Recorder {
  return {
    async recordCall({ usage, ...call }) {
      const { inputTokens, outputTokens, cacheReadTokens, costUsd } = usage
      await db
        .insert(approvalReviews)
        .values({ id: newId(), ...call, inputTokens, outputTokens, cacheReadTokens, costUsd })
    },

    async listOutcomes(sessionId, limit) {
      const rows = await db
        .select({ outcome: sql<Outcome>`${approvals.review} ->> 'outcome'` })
        .from(approvals)
        .where(and(eq(approvals.sessionId, sessionId), isNotNull(approvals.review)))
        .orderBy(desc(approvals.id))
        .limit(limit)
      return rows.map(({ outcome }) => outcome)
    },
  }
}
