import type { Finding } from '@countersign/core/guardrails/finding'
import type { FindingRepository } from '@countersign/core/repositories'
import { and, asc, eq, sql } from 'drizzle-orm'
import type { Connection } from '../../connection.ts'
import { findings } from '../../schema/submissions.ts'
import { defineStatement, given } from '../../statement.ts'
import { encodeFound, foundRows } from './found-rows.ts'

const insert = defineStatement((words) => {
  const { submissionId, attempt } = given('submissionId', 'attempt')
  return words
    .insert(findings)
    .select(foundRows(sql`${submissionId}::uuid`, sql`${attempt}::integer`))
})

export function createFindingRepository(db: Connection): FindingRepository {
  return {
    async insert(submissionId, attempt, checks) {
      await insert(db, { submissionId, attempt, found: encodeFound(checks) })
    },

    async list(submissionId, attempt) {
      const rows = await db
        .select()
        .from(findings)
        .where(and(eq(findings.submissionId, submissionId), eq(findings.attempt, attempt)))
        .orderBy(asc(findings.stage), asc(findings.ordinal))
      return rows.map(toFinding)
    },
  }
}

/** A stored finding without the place where it is stored. */
export function toFinding(row: typeof findings.$inferSelect): Finding {
  const { submissionId: _, attempt: __, ordinal: ___, stage: ____, suppressedBy, ...finding } = row
  return { ...finding, source: 'static', ...(suppressedBy ? { suppressedBy } : {}) }
}
