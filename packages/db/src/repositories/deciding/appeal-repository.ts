import type { AppealRepository } from '@countersign/core/submissions/appeal-repository'
import { eq, sql } from 'drizzle-orm'
import type { Connection } from '../../connection.ts'
import { appeals } from '../../schema/submissions.ts'

export function createAppealRepository(db: Connection): AppealRepository {
  return {
    async raise(submissionId) {
      await db
        .insert(appeals)
        .values({ submissionId })
        .onConflictDoUpdate({
          target: appeals.submissionId,
          set: { askedAt: sql`clock_timestamp()` },
        })
    },

    async settle(submissionId) {
      await db.delete(appeals).where(eq(appeals.submissionId, submissionId))
    },
  }
}
