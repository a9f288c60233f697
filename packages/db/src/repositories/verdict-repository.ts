import { encodeJson } from '@countersign/core/encode-json'
import { newId } from '@countersign/core/ids'
import type { VerdictRepository } from '@countersign/core/reviews/verdict-repository'
import { sql } from 'drizzle-orm'
import { ago } from '../clock.ts'
import type { Connection } from '../connection.ts'
import { reviewCalls } from '../schema/submissions.ts'
import { defineStatement, given } from '../statement.ts'

const recordCall = defineStatement((words) =>
  words
    .insert(reviewCalls)
    .values({
      ...given('id', 'submissionId', 'attempt', 'model', 'requestId', 'outcome', 'promptKey'),
      ...given('inputTokens', 'outputTokens', 'cacheReadTokens', 'costUsd', 'durationMs'),
      // Where there is no answer, there is none: not one that is `null`.
      assessment: sql`${sql.placeholder('assessment')}::jsonb`,
    })
    .onConflictDoNothing({ target: reviewCalls.id })
    .returning({ id: reviewCalls.id }),
)

export function createVerdictRepository(db: Connection): VerdictRepository {
  return {
    async recordCall({ usage, ...call }) {
      const { inputTokens, outputTokens, cacheReadTokens, costUsd } = usage
      const took = { inputTokens, outputTokens, cacheReadTokens, costUsd }
      const assessment = call.assessment && encodeJson(call.assessment)
      const rows = await recordCall(db, { id: newId(), ...call, ...took, assessment })
      return rows.length > 0
    },

    async spentUsd(sinceMs) {
      const since = ago(sinceMs)
      const [row] = await db.execute<{ total: string | null }>(sql`
        select sum(cost_usd) as total from (
          select cost_usd from review_calls where at > ${since}
          union all
          select cost_usd from approval_reviews where at > ${since}
        ) calls`)
      return Number(row?.total ?? 0)
    },
  }
}
