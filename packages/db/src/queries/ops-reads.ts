import type { Reads } from '@countersign/core/reads'
import { and, asc, count, eq, isNotNull, min, sql, sum } from 'drizzle-orm'
import type { Connection } from '../connection.ts'
import { settings, workers } from '../schema/operations.ts'
import { reviewCalls, submissions } from '../schema/submissions.ts'

/** A worker that has been silent for longer is no longer shown. */
const isAlive = sql`${workers.seenAt} > clock_timestamp() - interval '30 seconds'`
const isRecent = sql`${reviewCalls.at} > clock_timestamp() - interval '24 hours'`

export function createOpsReads(db: Connection): Pick<Reads, 'readOps'> {
  return {
    async readOps() {
      const [states, alive, due, held, spent] = await Promise.all([
        db.select({ key: settings.key, value: settings.value }).from(settings),
        db.select().from(workers).where(isAlive).orderBy(asc(workers.id)),
        findOldestDue(db),
        countHeld(db),
        sumCalls(db),
      ])
      const state = new Map(states.map(({ key, value }) => [key, value]))
      const until = new Date(String(state.get('rate_limited_until') ?? 0))
      const refusal = state.get('reviewer_refusal')
      return {
        isPaused: state.get('paused') === true,
        oldestDueMs: due,
        workers: alive,
        reviewerRefusal: typeof refusal === 'string' ? refusal : null,
        rateLimitedUntil: until.getTime() > Date.now() ? until : null,
        ...spent,
        held,
      }
    },
  }
}

async function findOldestDue(db: Connection): Promise<number | null> {
  const [row] = await db
    .select({ dueAt: min(submissions.dueAt) })
    .from(submissions)
    .where(sql`${submissions.dueAt} <= clock_timestamp()`)
  return row?.dueAt ? Math.max(0, Date.now() - row.dueAt.getTime()) : null
}

async function countHeld(db: Connection): Promise<number> {
  const isHeld = and(eq(submissions.status, 'pending_llm'), isNotNull(submissions.holdReason))
  const [row] = await db.select({ held: count() }).from(submissions).where(isHeld)
  return row?.held ?? 0
}

async function sumCalls(db: Connection) {
  const [row] = await db
    .select({
      cost: sum(reviewCalls.costUsd),
      input: sum(reviewCalls.inputTokens),
      output: sum(reviewCalls.outputTokens),
    })
    .from(reviewCalls)
    .where(isRecent)
  return {
    spendUsd24h: Number(row?.cost ?? 0),
    tokens24h: Number(row?.input ?? 0) + Number(row?.output ?? 0),
  }
}
