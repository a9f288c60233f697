import type { ExecutionRepository } from '@countersign/core/approvals/repositories'
import { and, eq, sql } from 'drizzle-orm'
import { isAhead } from '../../clock.ts'
import type { Connection } from '../../connection.ts'
import { executions } from '../../schema/approvals.ts'

export function createExecutionRepository(db: Connection): ExecutionRepository {
  return {
    async find(id) {
      const [row] = await db.select().from(executions).where(eq(executions.id, id))
      return row
    },

    async finish(id, { status, error }) {
      const isRunning = and(eq(executions.status, 'started'), isAhead(executions.leaseExpiresAt))
      const [row] = await db
        .update(executions)
        .set({ status, error, finishedAt: sql`clock_timestamp()` })
        .where(and(eq(executions.id, id), isRunning))
        .returning()
      return row
    },

    async loseOverdue(limit) {
      const overdue = sql`select id from executions
        where status = 'started' and lease_expires_at <= clock_timestamp()
        order by lease_expires_at limit ${limit} for update skip locked`
      return db
        .update(executions)
        .set({ status: 'unknown', finishedAt: sql`clock_timestamp()` })
        .where(sql`${executions.id} in (${overdue})`)
        .returning()
    },
  }
}
