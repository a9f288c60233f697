import type { Finding } from '@countersign/core/guardrails/finding'
import type { FindingRepository } from '@countersign/core/repositories'
import { and, asc, eq } from 'drizzle-orm'
import type { Connection } from '../../connection.ts'
import { findings } from '../../schema/submissions.ts'

/** Below PostgreSQL's limit of parameters in one statement, whatever the number of columns. */
const rowsMax = 1000

export function createFindingRepository(db: Connection): FindingRepository {
  return {
    async insert(submissionId, attempt, stage, found) {
      const rows = found.map(({ source: _, ...finding }, ordinal) => ({
        ...finding,
        submissionId,
        attempt,
        stage,
        ordinal,
      }))
      for (let start = 0; start < rows.length; start += rowsMax) {
        await db.insert(findings).values(rows.slice(start, start + rowsMax))
      }
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
