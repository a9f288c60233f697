import type { Settlement } from '@countersign/core/approvals/repositories'
import { eq, sql } from 'drizzle-orm'
import { isAhead } from '../../clock.ts'
import { approvals } from '../../schema/approvals.ts'

export const hasTimeLeft = isAhead(approvals.expiresAt)
export const isPending = eq(approvals.status, 'pending')

/** A step of a ticket; that of the clock has no reason. */
type Step = Omit<Settlement, 'status' | 'reason'> & {
  status: Settlement['status'] | 'expired'
  reason: string | null
}

/** What a step writes. */
export function toChanges({ status, by, reason, label }: Step) {
  return {
    status,
    decidedAt: sql`clock_timestamp()`,
    decidedBy: by,
    decisionReason: reason,
    ...(label === undefined ? {} : { resolvedLabel: label }),
    ...(status === 'approved'
      ? { useExpiresAt: sql`clock_timestamp() + ${approvals.useTtlS} * interval '1 second'` }
      : {}),
    reviewDueAt: null,
    version: sql`${approvals.version} + 1`,
  }
}
