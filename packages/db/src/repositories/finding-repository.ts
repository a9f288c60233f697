import type { FindingRepository } from '@countersign/core/repositories'
import type { Connection } from '../connection.ts'
import { findings } from '../schema/submissions.ts'

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
  }
}
