import type { Approval } from '@countersign/core/approvals/tickets/approval'
import { timeout } from '@countersign/core/approvals/tickets/approval'
import { getTableColumns, sql } from 'drizzle-orm'
import { approvals } from '../../schema/approvals.ts'

/** A pending ticket that nobody answered in time, and an approved one that nobody used in time. */
export const isExpired = sql<boolean>`(${approvals.status} = 'pending'
  and ${approvals.expiresAt} <= clock_timestamp())`
export const isLapsed = sql<boolean>`(${approvals.status} = 'approved'
  and ${approvals.consumedAt} is null and ${approvals.useExpiresAt} <= clock_timestamp())`

/** A ticket's status by the clock, whoever wrote it down. */
export const judgedStatus = sql<Approval['status']>`case when ${isExpired} then 'expired'
  when ${isLapsed} then 'lapsed' else ${approvals.status} end`

/** A ticket as every read finds it. */
export const judgedColumns = { ...getTableColumns(approvals), judged: judgedStatus }

type Row = typeof approvals.$inferSelect & { judged: Approval['status'] }

export function toApproval({ judged, ...row }: Row): Approval {
  const { reviewDueAt: _, reviewLeaseId: __, reviewClaims: ___, ...approval } = row
  if (judged !== 'expired' || row.status === 'expired') return { ...approval, status: judged }
  return { ...approval, status: judged, decidedAt: row.expiresAt, decidedBy: timeout }
}
