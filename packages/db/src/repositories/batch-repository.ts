import { newId } from '@countersign/core/ids'
import type { BatchRepository } from '@countersign/core/reviews/batches/batch-repository'
import { and, asc, eq, getTableColumns, inArray, isNull, sql } from 'drizzle-orm'
import { hence, isAhead, isPast } from '../clock.ts'
import type { Connection } from '../connection.ts'
import { isHeldBy } from '../lease.ts'
import { reviewBatches as batches, reviewBatchItems as items } from '../schema/batches.ts'
import { submissions } from '../schema/submissions.ts'

type Leaser = Pick<BatchRepository, 'open' | 'claim' | 'settle'>

/** An attempt that is under review, is in nobody's hands, and is the one that was put down. */
const isWaiting = and(
  eq(submissions.id, items.submissionId),
  eq(submissions.attempt, items.attempt),
  eq(submissions.status, 'pending_llm'),
  isNull(submissions.leaseId),
)

export function createBatchRepository(db: Connection): BatchRepository {
  return { ...createItems(db), ...createLeaser(db) }
}

function createItems(db: Connection): Omit<BatchRepository, keyof Leaser> {
  return {
    async want(submissionId, attempt) {
      await db.insert(items).values({ submissionId, attempt })
    },

    async listWaiting(batchId) {
      return db
        .select(getTableColumns(submissions))
        .from(items)
        .innerJoin(submissions, isWaiting)
        .where(and(eq(items.batchId, batchId), isNull(items.releasedAt)))
        .orderBy(asc(submissions.id))
    },

    async putBack(batchId, submissionIds) {
      await db
        .update(items)
        .set({ batchId: null })
        .where(and(eq(items.batchId, batchId), inArray(items.submissionId, [...submissionIds])))
    },

    async release(batchId, submissionIds) {
      const isMeant = and(
        eq(items.batchId, batchId),
        isNull(items.releasedAt),
        submissionIds && inArray(items.submissionId, [...submissionIds]),
      )
      await db
        .update(submissions)
        .set({ dueAt: hence(0) })
        .from(items)
        .where(and(isMeant, isWaiting, isAhead(submissions.dueAt)))
      await db.update(items).set({ releasedAt: sql`now()` }).where(isMeant)
    },
  }
}

function createLeaser(db: Connection): Leaser {
  return {
    async open({ model, sizeMax, leaseMs }) {
      const wanted = await db
        .select({ submissionId: items.submissionId, attempt: items.attempt })
        .from(items)
        .where(and(isNull(items.batchId), isNull(items.releasedAt)))
        .orderBy(asc(items.submissionId))
        .limit(sizeMax)
        .for('update', { skipLocked: true })
      if (wanted.length === 0) return undefined
      const [id, leaseId] = [newId(), newId()]
      const [batch] = await db
        .insert(batches)
        .values({ id, leaseId, model, failures: 0, dueAt: hence(leaseMs) })
        .returning()
      const ids = wanted.map(({ submissionId }) => submissionId)
      const isMeant = and(inArray(items.submissionId, ids), isNull(items.releasedAt))
      await db
        .update(items)
        .set({ batchId: id })
        .where(and(isMeant, isNull(items.batchId)))
      return batch && { ...batch, leaseId }
    },

    async claim(leaseMs) {
      const leaseId = newId()
      const [due] = await db
        .select({ id: batches.id })
        .from(batches)
        .where(isPast(batches.dueAt))
        .orderBy(asc(batches.dueAt))
        .limit(1)
      if (!due) return undefined
      const [row] = await db
        .update(batches)
        .set({ leaseId, dueAt: hence(leaseMs) })
        .where(and(eq(batches.id, due.id), isPast(batches.dueAt)))
        .returning()
      return row && { ...row, leaseId }
    },

    async settle(held, { dueInMs, ...changes }) {
      const rows = await db
        .update(batches)
        .set({
          ...changes,
          leaseId: null,
          ...(changes.providerId ? { submittedAt: sql`now()` } : {}),
          ...(dueInMs === null ? { dueAt: null, endedAt: sql`now()` } : { dueAt: hence(dueInMs) }),
        })
        .where(isHeldBy(batches, held))
        .returning({ id: batches.id })
      return rows.length > 0
    },
  }
}
