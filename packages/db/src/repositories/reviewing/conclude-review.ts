import type { SubmissionRepository } from '@countersign/core/repositories'
import { openStatuses } from '@countersign/core/submissions/submission'
import { and, eq, sql } from 'drizzle-orm'
import type { Connection } from '../../connection.ts'
import { entities } from '../../schema/store.ts'
import { submissions } from '../../schema/submissions.ts'
import { defineStatement, given } from '../../statement.ts'

const openOnes: readonly string[] = openStatuses

/** A value that is given under the name of its column. */
function put(name: 'status' | 'holdReason' | 'review' | 'severity') {
  return sql`${sql.param(sql.placeholder(name), submissions[name])}`
}

/** Locks an entity and writes the verdict on a version of it: the one before the other, in one statement. */
const conclude = defineStatement((words) => {
  const { entityId, id, leaseId, attempt, isOpen } = given(
    ...(['entityId', 'id', 'leaseId', 'attempt', 'isOpen'] as const),
  )
  const locked = words
    .$with('locked')
    .as(words.select().from(entities).where(eq(entities.id, entityId)).for('update'))
  const isThere = sql`exists (select from ${locked} where ${locked.visibilityStatus} <> 'archived')`
  const { revision, decidedAt, updatedAt } = submissions
  const written = words.$with('written').as(
    words
      .update(submissions)
      .set({
        status: put('status'),
        holdReason: put('holdReason'),
        review: put('review'),
        severity: put('severity'),
        leaseId: null,
        dueAt: null,
        rescan: null,
        decidedAt: sql`case when ${isOpen}::boolean then null else now() end`,
        revision: sql`${revision} + 1`,
        updatedAt: sql`now()`,
      })
      .where(
        and(
          eq(submissions.id, id),
          eq(submissions.leaseId, leaseId),
          eq(submissions.attempt, attempt),
          eq(submissions.status, sql.raw("'pending_llm'")),
          isThere,
        ),
      )
      .returning({ revision, decidedAt, updatedAt }),
  )
  return words.with(locked, written).select().from(locked).leftJoin(written, sql`true`)
})

/** Ends a held review with its verdict. */
export async function concludeReview(
  db: Connection,
  ...[held, verdict]: Parameters<SubmissionRepository['conclude']>
): ReturnType<SubmissionRepository['conclude']> {
  const { id, entityId, leaseId, attempt } = held
  const isOpen = openOnes.includes(verdict.status)
  const [row] = await conclude(db, { id, entityId, leaseId, attempt, isOpen, ...verdict })
  const closed = { ...verdict, leaseId: null, dueAt: null, rescan: null }
  return {
    entity: row?.locked,
    submission: row?.written ? { ...held, ...closed, ...row.written } : undefined,
  }
}
