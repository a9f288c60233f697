import type { ConfirmationRepository } from '@countersign/core/approvals/repositories'
import { and, eq, gt, isNotNull, sql } from 'drizzle-orm'
import { ago, hence } from '../../clock.ts'
import type { Connection } from '../../connection.ts'
import { approvals } from '../../schema/approvals.ts'
import { judgedColumns, toApproval } from './judged-approval.ts'

export function createConfirmationRepository(db: Connection): ConfirmationRepository {
  return {
    async find(confirmId) {
      const [row] = await db
        .select(judgedColumns)
        .from(approvals)
        .where(eq(approvals.confirmId, confirmId))
      return row && toApproval(row)
    },

    async isSpent({ action, limit, windowS }) {
      const key = sql`hashtextextended(${`countersign.confirm.${action}`}, 0)`
      await db.execute(sql`select pg_advisory_xact_lock(${key})`)
      const isRecent = gt(approvals.createdAt, ago(windowS * 1000))
      const isCounted = and(eq(approvals.action, action), isNotNull(approvals.confirmId), isRecent)
      return (await db.$count(approvals, isCounted)) >= limit
    },

    async open({ context, ttlS, ...ticket }) {
      const now = sql`clock_timestamp()`
      const [row] = await db
        .insert(approvals)
        .values({
          ...ticket,
          context: sql`${context}::text::json`,
          createdAt: now,
          expiresAt: hence(ttlS * 1000),
        })
        .returning(judgedColumns)
      if (!row) throw new Error('A confirmation was written and not given back.')
      return toApproval(row)
    },
  }
}
