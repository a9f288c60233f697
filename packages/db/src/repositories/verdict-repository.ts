import { newId } from '@countersign/core/ids'
import type { VerdictKey, VerdictRepository } from '@countersign/core/reviews/verdict-repository'
import { and, eq, sql } from 'drizzle-orm'
import { ago } from '../clock.ts'
import type { Connection } from '../connection.ts'
import { reviewCalls, verdicts } from '../schema/submissions.ts'

export function createVerdictRepository(db: Connection): VerdictRepository {
  return {
    async find(key) {
      const [row] = await db
        .select({ submissionId: verdicts.submissionId, review: verdicts.review })
        .from(verdicts)
        .where(hasKey(key))
      return row
    },

    async write(key, verdict) {
      const { contentHash, policyVersion, promptHash, model } = verdicts
      await db
        .insert(verdicts)
        .values({ ...key, ...verdict })
        .onConflictDoUpdate({
          target: [contentHash, policyVersion, promptHash, model],
          set: { ...verdict, createdAt: sql`now()` },
        })
    },

    async recordCall({ usage, ...call }) {
      const { inputTokens, outputTokens, cacheReadTokens, costUsd } = usage
      const rows = await db
        .insert(reviewCalls)
        .values({ id: newId(), ...call, inputTokens, outputTokens, cacheReadTokens, costUsd })
        .onConflictDoNothing({ target: reviewCalls.id })
        .returning({ id: reviewCalls.id })
      return rows.length > 0
    },

    async sumUsage(submissionId, attempt) {
      const [row] = await db
        .select({
          inputTokens: sql`coalesce(sum(${reviewCalls.inputTokens}), 0)`.mapWith(Number),
          outputTokens: sql`coalesce(sum(${reviewCalls.outputTokens}), 0)`.mapWith(Number),
          cacheReadTokens: sql`coalesce(sum(${reviewCalls.cacheReadTokens}), 0)`.mapWith(Number),
          costUsd: sql`coalesce(sum(${reviewCalls.costUsd}), 0)`.mapWith(Number),
        })
        .from(reviewCalls)
        .where(and(eq(reviewCalls.submissionId, submissionId), eq(reviewCalls.attempt, attempt)))
      if (!row) throw new Error('A sum gave no row.')
      return row
    },

    async findAnswers(submissionId, attempt) {
      const rows = await db
        .select({ key: reviewCalls.promptKey, assessment: reviewCalls.assessment })
        .from(reviewCalls)
        .where(and(eq(reviewCalls.submissionId, submissionId), eq(reviewCalls.attempt, attempt)))
      return new Map(rows.flatMap(({ key, assessment }) => (assessment ? [[key, assessment]] : [])))
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

function hasKey(key: VerdictKey) {
  return and(
    eq(verdicts.contentHash, key.contentHash),
    eq(verdicts.policyVersion, key.policyVersion),
    eq(verdicts.promptHash, key.promptHash),
    eq(verdicts.model, key.model),
  )
}
