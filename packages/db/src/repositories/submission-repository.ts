import { ServiceError } from '@countersign/core/errors'
import type { SubmissionChanges, SubmissionRepository } from '@countersign/core/repositories'
import { and, asc, desc, eq, gt, inArray, isNull, lt, lte, not, type or, sql } from 'drizzle-orm'
import { ago, hence } from '../clock.ts'
import type { Connection } from '../connection.ts'
import { brokenConstraint } from '../failures.ts'
import { reviewBatchItems as items } from '../schema/batches.ts'
import { settings } from '../schema/operations.ts'
import { submissions } from '../schema/submissions.ts'
import { defineStatement } from '../statement.ts'
import { writeOffer } from './offers/write-offer.ts'
import { decidedWith, isOpen } from './open-statuses.ts'
import { claimReview } from './reviewing/claim-review.ts'
import { concludeReview } from './reviewing/conclude-review.ts'
import { createPurger, type Purger } from './submission-purger.ts'

type Writer = Pick<SubmissionRepository, 'open' | 'markPaused' | 'swap' | 'settle' | 'foldTallies'>
type Leaser = Pick<SubmissionRepository, 'claim' | 'conclude' | 'extendLease' | 'listDue'>
type Counter = Pick<SubmissionRepository, 'countBlocked' | 'findBacklog'>
type Reader = Omit<SubmissionRepository, keyof Writer | keyof Leaser | keyof Purger | keyof Counter>

/** In letters, as indexes have it: the plan of a statement whose values come later finds none by it. */
const isPending = sql.raw("status = 'pending_llm'")

const backlog = sql`(
  select (
    select count(*)::int from (
      select from ${submissions}
      where ${submissions.submitterId} = ${sql.placeholder('submitterId')} and ${isPending}
      limit ${sql.placeholder('max')}
    ) counted
  ) as waiting, exists (
    select from ${settings} where ${settings.key} = 'paused' and ${settings.value} = 'true'
  ) as is_paused
) backlog`
const findBacklog = defineStatement((words) =>
  words.select({ waiting: sql<number>`waiting`, isPaused: sql<boolean>`is_paused` }).from(backlog),
)

export function createSubmissionRepository(db: Connection): SubmissionRepository {
  return {
    ...createReader(db),
    ...createCounter(db),
    ...createWriter(db),
    ...createLeaser(db),
    ...createPurger(db),
  }
}

function createReader(db: Connection): Reader {
  return {
    async find(id) {
      const [row] = await db.select().from(submissions).where(eq(submissions.id, id))
      return row
    },

    async findOpen(entityId) {
      const isTheirs = and(eq(submissions.entityId, entityId), isOpen)
      const [row] = await db.select().from(submissions).where(isTheirs)
      return row
    },

    async findByVersion(entityId, n) {
      const isThat = and(eq(submissions.entityId, entityId), eq(submissions.n, n))
      const [row] = await db.select().from(submissions).where(isThat)
      return row
    },

    async hasAdverse(entityId) {
      const adverse = inArray(submissions.status, ['blocked_inline', 'blocked_llm', 'rejected'])
      const [row] = await db
        .select({ id: submissions.id })
        .from(submissions)
        .where(and(eq(submissions.entityId, entityId), adverse))
        .limit(1)
      return row !== undefined
    },

    async listIds({ statuses, decidedBefore, limit }) {
      const rows = await db
        .select({ id: submissions.id })
        .from(submissions)
        .where(and(inArray(submissions.status, [...statuses]), wasDecidedBefore(decidedBefore)))
        .orderBy(asc(submissions.id))
        .limit(limit)
      return rows.map(({ id }) => id)
    },
  }
}

function createCounter(db: Connection): Counter {
  return {
    async countBlocked(submitterId, sinceMs) {
      return db.$count(
        submissions,
        and(
          eq(submissions.submitterId, submitterId),
          inArray(submissions.status, ['blocked_inline', 'blocked_llm']),
          gt(submissions.decidedAt, ago(sinceMs)),
        ),
      )
    },

    async findBacklog(submitterId, max) {
      const [row] = await findBacklog(db, { submitterId, max })
      return row ?? { waiting: 0, isPaused: false }
    },
  }
}

function createWriter(db: Connection): Writer {
  return {
    async open(opening) {
      return writeOffer(db, opening)
    },

    async markPaused(isPaused) {
      const isInBatch = sql`exists (
        select 1 from ${items} where ${items.submissionId} = ${submissions.id}
          and ${items.attempt} = ${submissions.attempt} and ${items.releasedAt} is null
      )`
      const isWaiting = and(
        eq(submissions.status, 'pending_llm'),
        isNull(submissions.leaseId),
        not(isInBatch),
      )
      const [isConcerned, changes] = isPaused
        ? [isNull(submissions.holdReason), { holdReason: 'paused' as const }]
        : [eq(submissions.holdReason, 'paused'), { holdReason: null, dueAt: hence(0) }]
      await db.update(submissions).set(changes).where(and(isWaiting, isConcerned))
    },

    async swap({ id, revision }, changes) {
      const isUnchanged = and(eq(submissions.id, id), eq(submissions.revision, revision))
      return update(db, isUnchanged, changes)
    },

    async settle({ id, attempt, leaseId }, changes) {
      return update(db, isHeld(id, leaseId, attempt), changes)
    },

    async foldTallies() {
      const [row] = await db.execute<{ folded: number }>(
        sql`select fold_submission_tallies() as folded`,
      )
      return row?.folded ?? 0
    },
  }
}

function createLeaser(db: Connection): Leaser {
  return {
    claim: (request, leaseMs) => claimReview(db, request, leaseMs),
    conclude: (...concluded) => concludeReview(db, ...concluded),

    async extendLease(id, leaseId, leaseMs) {
      const rows = await db
        .update(submissions)
        .set({ dueAt: hence(leaseMs) })
        .where(isHeld(id, leaseId))
        .returning({ id: submissions.id })
      return rows.length > 0
    },

    async listDue(limit) {
      return db
        .select({
          submissionId: submissions.id,
          attempt: submissions.attempt,
          claims: submissions.claims,
          priority: submissions.priority,
        })
        .from(submissions)
        .where(lte(submissions.dueAt, sql`clock_timestamp()`))
        .orderBy(asc(submissions.priority), asc(submissions.dueAt), desc(submissions.id))
        .limit(limit)
    },
  }
}

function wasDecidedBefore(moment: Date | undefined) {
  return moment && lt(submissions.decidedAt, moment)
}

function isHeld(id: string, leaseId: string, attempt?: number) {
  return and(
    eq(submissions.id, id),
    eq(submissions.leaseId, leaseId),
    eq(submissions.status, 'pending_llm'),
    attempt === undefined ? undefined : eq(submissions.attempt, attempt),
  )
}

async function update(
  db: Connection,
  condition: ReturnType<typeof or>,
  { dueInMs, ...changes }: SubmissionChanges,
) {
  const { status } = changes
  try {
    const [row] = await db
      .update(submissions)
      .set({
        ...changes,
        ...(dueInMs === undefined ? {} : { dueAt: dueInMs === null ? null : hence(dueInMs) }),
        ...(status ? { decidedAt: decidedWith(status) } : {}),
        revision: sql`${submissions.revision} + 1`,
        updatedAt: sql`now()`,
      })
      .where(condition)
      .returning()
    return row
  } catch (error) {
    if (brokenConstraint(error) === 'submissions_open') {
      throw new ServiceError('prior_version_pending', { cause: error })
    }
    throw error
  }
}
