import { newId } from '@countersign/core/ids'
import type { Assessment } from '@countersign/core/reviews/assessment'
import {
  type ClaimedReview,
  type ReviewClaim,
  reviewSettings,
} from '@countersign/core/reviews/steps/claimed-review'
import { and, eq, getTableColumns, inArray, lte, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Connection } from '../../connection.ts'
import { settings } from '../../schema/operations.ts'
import { entities, renditions, versions } from '../../schema/store.ts'
import { findings, reviewCalls, submissions, verdicts } from '../../schema/submissions.ts'
import { defineStatement, type Words } from '../../statement.ts'
import { withoutFlush } from '../../without-flush.ts'
import { toFinding } from '../findings/finding-repository.ts'

/**
 * Takes a due review, and gives all that it begins with. A lease that the database loses as it crashes
 * is one that nobody holds: its review is due, and a verdict under it comes too late.
 */
export async function claimReview(
  db: Connection,
  request: ReviewClaim,
  leaseMs: number,
): Promise<ClaimedReview | undefined> {
  const leaseId = newId()
  const [row] = await claim(db, { ...request, leaseId, leaseMs })
  return row && toClaimed(row, leaseId)
}

type Row = Awaited<ReturnType<typeof claim>>[number]

function toClaimed(row: Row, leaseId: string): ClaimedReview {
  const { answers, ...usage } = row.calls
  return {
    held: { ...row.claimed, leaseId },
    entity: row.entities,
    version: row.versions,
    rendition: row.renditions ?? undefined,
    findings: row.found.list.map(toFinding),
    known: row.verdicts ?? undefined,
    answers: new Map(Object.entries(answers)),
    usage,
    said: new Map(Object.entries(row.said.values)),
  }
}

/**
 * One statement: asked for one by one, with the way there and back between them, the same takes the
 * worker and the database many times as long.
 */
const claim = defineStatement((words) => {
  const claimed = take(words)
  return words
    .with(claimed)
    .select()
    .from(claimed)
    .innerJoin(versions, and(eq(versions.entityId, claimed.entityId), eq(versions.n, claimed.n)))
    .innerJoin(entities, eq(entities.id, claimed.entityId))
    .leftJoin(
      renditions,
      and(
        eq(renditions.entityId, claimed.entityId),
        eq(renditions.n, claimed.n),
        eq(renditions.slug, claimed.slug),
      ),
    )
    .leftJoin(
      verdicts,
      and(
        eq(verdicts.contentHash, versions.contentHash),
        eq(verdicts.policyVersion, claimed.policyVersion),
        eq(verdicts.promptHash, sql.placeholder('promptHash')),
        eq(verdicts.model, sql.placeholder('model')),
      ),
    )
    .crossJoinLateral(listFindings(words, claimed))
    .crossJoinLateral(sumCalls(words, claimed))
    .crossJoin(readSettings(words))
})

type Claimed = ReturnType<typeof take>

function take(words: Words) {
  const lease = sql`${sql.placeholder('leaseMs')}::double precision * interval '1 millisecond'`
  const taken = words
    .update(submissions)
    .set({
      leaseId: sql`${sql.placeholder('leaseId')}`,
      dueAt: sql`clock_timestamp() + ${lease}`,
      claims: sql`${submissions.claims} + 1`,
    })
    .where(
      and(
        eq(submissions.id, sql.placeholder('submissionId')),
        eq(submissions.attempt, sql.placeholder('attempt')),
        eq(submissions.status, sql.raw("'pending_llm'")),
        lte(submissions.dueAt, sql`clock_timestamp()`),
        withoutFlush,
      ),
    )
    .returning()
  return words.$with('claimed').as(taken)
}

function listFindings(words: Words, claimed: Claimed) {
  const columns = Object.entries(getTableColumns(findings))
  const pairs = columns.flatMap(([key, column]) => [sql.raw(`'${key}'`), sql`${column}`])
  const row = sql`json_build_object(${sql.join(pairs, sql`, `)})`
  const order = sql`${findings.stage}, ${findings.ordinal}`
  const list = sql<
    (typeof findings.$inferSelect)[]
  >`coalesce(json_agg(${row} order by ${order}), '[]')`
  return words
    .select({ list: list.as('list') })
    .from(findings)
    .where(and(eq(findings.submissionId, claimed.id), eq(findings.attempt, claimed.checksAttempt)))
    .as('found')
}

function sumCalls(words: Words, claimed: Claimed) {
  const { promptKey, assessment } = reviewCalls
  const answers = sql<Record<string, Assessment>>`coalesce(
    json_object_agg(${promptKey}, ${assessment}) filter (where ${assessment} is not null), '{}')`
  const sumOf = (column: PgColumn) => sql`coalesce(sum(${column}), 0)`.mapWith(Number)
  return words
    .select({
      answers: answers.as('answers'),
      inputTokens: sumOf(reviewCalls.inputTokens).as('input_tokens'),
      outputTokens: sumOf(reviewCalls.outputTokens).as('output_tokens'),
      cacheReadTokens: sumOf(reviewCalls.cacheReadTokens).as('cache_read_tokens'),
      costUsd: sumOf(reviewCalls.costUsd).as('cost_usd'),
    })
    .from(reviewCalls)
    .where(and(eq(reviewCalls.submissionId, claimed.id), eq(reviewCalls.attempt, claimed.attempt)))
    .as('calls')
}

function readSettings(words: Words) {
  const pairs = sql`json_object_agg(${settings.key}, ${settings.value})`
  return words
    .select({ values: sql<Record<string, unknown>>`coalesce(${pairs}, '{}')`.as('values') })
    .from(settings)
    .where(inArray(settings.key, [...reviewSettings]))
    .as('said')
}
