import type { SubmissionRepository } from '@countersign/core/repositories'
import { and, asc, eq, inArray, isNull, lte, sql } from 'drizzle-orm'
import { ago, dayMs } from '../clock.ts'
import type { Connection } from '../connection.ts'
import { submissions } from '../schema/submissions.ts'

export type Purger = Pick<SubmissionRepository, 'isPurgeable' | 'listPurgeable'>

/** What of the submissions tells whose bytes have been kept long enough. */
export function createPurger(db: Connection): Purger {
  return {
    async listPurgeable(days, limit) {
      const rows = await db
        .select({ id: submissions.id })
        .from(submissions)
        .where(isPurgeable(days))
        .orderBy(asc(submissions.decidedAt))
        .limit(limit)
      return rows.map(({ id }) => id)
    },

    async isPurgeable(id, days) {
      return (await db.$count(submissions, and(eq(submissions.id, id), isPurgeable(days)))) > 0
    },
  }
}

/** Blocked for so many days. Zero days stand for: keep everything. */
function isPurgeable(days: number) {
  if (days === 0) return sql`false`
  return and(
    inArray(submissions.status, ['blocked_inline', 'blocked_llm']),
    isNull(submissions.bundlePurgedAt),
    lte(submissions.decidedAt, ago(days * dayMs)),
  )
}
