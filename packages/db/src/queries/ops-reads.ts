import type { Reads } from '@countersign/core/reads'
import { and, asc, count, eq, gt, isNotNull, ne, sql } from 'drizzle-orm'
import type { Connection } from '../connection.ts'
import { settings, workers } from '../schema/operations.ts'
import { entities } from '../schema/store.ts'
import { appeals, submissions } from '../schema/submissions.ts'

/** A worker that has been silent for longer is no longer shown. */
const isAlive = sql`${workers.seenAt} > clock_timestamp() - interval '30 seconds'`

/** What is archived waits for nobody. */
const isThere = ne(entities.visibilityStatus, 'archived')

export function createOpsReads(db: Connection): Pick<Reads, 'readOps'> {
  return {
    async readOps() {
      const [states, alive, held, appealed, oldestHeldMs, spent, until] = await Promise.all([
        db.select({ key: settings.key, value: settings.value }).from(settings),
        db.select().from(workers).where(isAlive).orderBy(asc(workers.id)),
        countHeld(db),
        countAppealed(db),
        findOldestHeld(db),
        sumCalls(db),
        findRateLimit(db),
      ])
      const state = new Map(states.map(({ key, value }) => [key, value]))
      const refusal = state.get('reviewer_refusal')
      return {
        isPaused: state.get('paused') === true,
        workers: alive,
        reviewerRefusal: typeof refusal === 'string' ? refusal : null,
        rateLimitedUntil: until,
        ...spent,
        held,
        appealed,
        oldestHeldMs,
      }
    },
  }
}

/** Until when the provider wants to be left alone, if it still does. */
async function findRateLimit(db: Connection): Promise<Date | null> {
  const until = sql<string>`${settings.value} #>> '{}'`
  const isAhead = sql`(${until})::timestamptz > clock_timestamp()`
  const [row] = await db
    .select({ until })
    .from(settings)
    .where(and(eq(settings.key, 'rate_limited_until'), isAhead))
  return row ? new Date(row.until) : null
}

async function countHeld(db: Connection): Promise<number> {
  const isHeld = and(eq(submissions.status, 'pending_llm'), isNotNull(submissions.holdReason))
  const [row] = await db
    .select({ held: count() })
    .from(submissions)
    .innerJoin(entities, eq(entities.id, submissions.entityId))
    .where(and(isHeld, isThere))
  return row?.held ?? 0
}

/** In letters, as the index has it. What is held for the provider's sake goes on by itself. */
async function findOldestHeld(db: Connection): Promise<number | null> {
  const [row] = await db.execute<{ ageMs: number }>(sql`
    select (extract(epoch from clock_timestamp() - submissions.created_at) * 1000)::float8 as "ageMs"
    from submissions join entities on entities.id = submissions.entity_id
    where (hold_reason is not null or status = 'needs_human')
      and hold_reason is distinct from 'rate_limited' and ${isThere}
    order by submissions.id limit 1`)
  return row ? Math.trunc(row.ageMs) : null
}

async function countAppealed(db: Connection): Promise<number> {
  const [row] = await db
    .select({ appealed: count() })
    .from(appeals)
    .innerJoin(submissions, eq(submissions.id, appeals.submissionId))
    .innerJoin(entities, eq(entities.id, submissions.entityId))
    .where(and(gt(appeals.askedAt, submissions.decidedAt), isThere))
  return row?.appealed ?? 0
}

/** What the model was asked about bundles and about actions, together. */
async function sumCalls(db: Connection) {
  const [row] = await db.execute<{ cost: string; tokens: string }>(sql`
    select coalesce(sum(cost_usd), 0) as cost,
      coalesce(sum(input_tokens + output_tokens), 0) as tokens
    from (
      select at, cost_usd, input_tokens, output_tokens from review_calls
      union all
      select at, cost_usd, input_tokens, output_tokens from approval_reviews
    ) calls where at > clock_timestamp() - interval '24 hours'`)
  return { spendUsd24h: Number(row?.cost ?? 0), tokens24h: Number(row?.tokens ?? 0) }
}
