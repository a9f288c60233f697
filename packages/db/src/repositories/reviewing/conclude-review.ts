import { encodeJson } from '@countersign/core/encode-json'
import type { SubmissionRepository } from '@countersign/core/repositories'
import type { Conclusion } from '@countersign/core/reviews/steps/conclusion'
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Connection } from '../../connection.ts'
import { auditEntries, events } from '../../schema/record.ts'
import { entities } from '../../schema/store.ts'
import { submissions, verdicts } from '../../schema/submissions.ts'
import { defineStatement, type Words } from '../../statement.ts'
import { auditedRows, encodeRecorded, toldRows } from '../offers/recorded-rows.ts'
import { decidedWith } from '../open-statuses.ts'

/**
 * Everything that a verdict changes, in one statement, which is one transaction: all of it, or none
 * where the lease is lost or the entity is another than was seen. The entity is locked first.
 */
const conclude = defineStatement((words) => {
  const locked = words.$with('locked').as(
    words
      .select()
      .from(entities)
      .where(eq(entities.id, value('entityId')))
      .for('update'),
  )
  const isAsSeen = sql`exists (select from ${locked} where ${and(
    eq(locked.revision, value('entityRevision')),
    sql`${locked.visibilityStatus} <> 'archived'`,
  )})`
  const written = words.$with('written').as(settle(words, isAsSeen))
  const isWritten = sql`exists (select from ${written})`
  const promoted = words.$with('promoted').as(promote(words, isWritten))
  const kept = words.$with('kept').as(keepForOthers(words))
  const audited = words
    .insert(auditEntries)
    .select(sql`${auditedRows} cross join written`)
    .returning({ id: auditEntries.id })
  const told = words
    .insert(events)
    .select(sql`${toldRows} cross join written`)
    .returning({ id: events.id })
  const recorded = [words.$with('audited').as(audited), words.$with('told').as(told)] as const
  return words
    .with(locked, written, promoted, kept, ...recorded)
    .select()
    .from(locked)
    .leftJoin(written, sql`true`)
})

function value(name: string) {
  return sql`${sql.placeholder(name)}`
}

function settle(words: Words, isAsSeen: SQL) {
  const { revision, decidedAt, updatedAt } = submissions
  return words
    .update(submissions)
    .set({
      status: value('status'),
      holdReason: value('holdReason'),
      review: sql`${value('review')}::jsonb`,
      severity: value('severity'),
      leaseId: null,
      dueAt: null,
      rescan: null,
      decidedAt: decidedWith(value('status')),
      revision: sql`${revision} + 1`,
      updatedAt: sql`now()`,
    })
    .where(
      and(
        eq(submissions.id, value('id')),
        eq(submissions.leaseId, value('leaseId')),
        eq(submissions.attempt, value('attempt')),
        eq(submissions.status, sql.raw("'pending_llm'")),
        isAsSeen,
      ),
    )
    .returning({ revision, decidedAt, updatedAt })
}

function promote(words: Words, isWritten: SQL) {
  return words
    .update(entities)
    .set({
      name: value('name'),
      slug: value('slug'),
      description: value('description'),
      category: value('category'),
      visibilityStatus: value('visibilityStatus'),
      liveN: value('liveN'),
      revision: sql`${entities.revision} + 1`,
      updatedAt: sql`now()`,
    })
    .where(and(eq(entities.id, value('entityId')), sql`${value('isPromoted')}::boolean`, isWritten))
    .returning({ id: entities.id })
}

function keepForOthers(words: Words) {
  const { contentHash, policyVersion, promptHash, model } = verdicts
  return words
    .insert(verdicts)
    .select(sql`
      select ${value('contentHash')}::text, ${value('policyVersion')}::text,
        ${value('promptHash')}::text, ${value('model')}::text, ${value('id')}::uuid,
        ${value('review')}::jsonb, now()
      from written where ${value('isKept')}::boolean`)
    .onConflictDoUpdate({
      target: [contentHash, policyVersion, promptHash, model],
      set: {
        submissionId: sql`excluded.submission_id`,
        review: sql`excluded.review`,
        createdAt: sql`now()`,
      },
    })
    .returning({ model })
}

/** Ends a held review. */
export async function concludeReview(
  db: Connection,
  ...[held, seen, conclusion]: Parameters<SubmissionRepository['conclude']>
): ReturnType<SubmissionRepository['conclude']> {
  const { id, entityId, leaseId, attempt } = held
  const [row] = await conclude(db, {
    ...{ id, entityId, leaseId, attempt, entityRevision: seen.revision },
    ...encode(conclusion),
    ...pickServed(conclusion.promoted ?? seen),
  })
  const closed = { ...conclusion.verdict, leaseId: null, dueAt: null, rescan: null }
  return {
    entity: row?.locked,
    submission: row?.written ? { ...held, ...closed, ...row.written } : undefined,
  }
}

function encode({ verdict, promoted, key, recorded }: Conclusion) {
  return {
    ...verdict,
    review: encodeJson(verdict.review),
    isPromoted: promoted !== undefined,
    ...key,
    isKept: verdict.review?.reusedFrom === null,
    ...encodeRecorded(recorded),
  }
}

function pickServed({ name, slug, description, category, visibilityStatus, liveN }: Seen) {
  return { name, slug, description, category, visibilityStatus, liveN }
}

type Seen = Parameters<SubmissionRepository['conclude']>[1]
