import type { AssignmentRepository } from '@countersign/core/submissions/assignment-repository'
import { eq, sql } from 'drizzle-orm'
import type { Connection } from '../../connection.ts'
import { assignments } from '../../schema/submissions.ts'

export function createAssignmentRepository(db: Connection): AssignmentRepository {
  return {
    async take(submissionId, principalId) {
      const [held] = await db
        .insert(assignments)
        .values({ submissionId, principalId })
        // Writes what is there, so that the row is locked and given back.
        .onConflictDoUpdate({
          target: assignments.submissionId,
          set: { principalId: sql`${assignments.principalId}` },
        })
        .returning({ by: assignments.principalId })
      return held?.by ?? principalId
    },

    async release(submissionId) {
      const gone = await db
        .delete(assignments)
        .where(eq(assignments.submissionId, submissionId))
        .returning({ by: assignments.principalId })
      return gone.length > 0
    },
  }
}
