import type { FailingReview, JobCounts, JobName } from '@countersign/core/operations/job-counts'
import type { Reads } from '@countersign/core/reads'
import { and, desc, eq, gt, isNotNull, ne, type SQL, sql } from 'drizzle-orm'
import type { Connection } from '../connection.ts'
import { entities } from '../schema/store.ts'
import { reviewCalls, submissions } from '../schema/submissions.ts'
import { behind, toPage } from './paging.ts'

/** Reads what there is to do from the rows that say so: the queue only hands it out. */
export function createJobReads(db: Connection): Pick<Reads, 'readJobs' | 'listFailingReviews'> {
  return {
    async readJobs() {
      const counts = Object.entries(jobs).map(([name, job]) => countRows(name, job))
      const rows = await db.execute<CountRow>(sql.join(counts, sql` union all `))
      return rows.map(toCounts)
    },

    async listFailingReviews(page) {
      const select = (which: SQL | undefined) =>
        selectReviews(db)
          .where(and(which, isThere, behind(submissions.id, page)))
          .orderBy(desc(submissions.id))
          .limit(page.limit + 1)
      // Each follows its own part of an index; either of both would follow none.
      const [failed, again] = await Promise.all([select(hasFailed), select(isTriedAgain)])
      const found = [...failed, ...again].toSorted((a, b) =>
        a.submissionId < b.submissionId ? 1 : -1,
      )
      return toPage<FailingReview>(found, page, ({ submissionId }) => submissionId)
    },
  }
}

interface Job {
  table: string
  /** The columns that say when it is due, and who is at it. */
  due: string
  lease: string
  /** How many were given up. */
  failed: SQL
}

const plain = { due: 'due_at', lease: 'lease_id' }

/** Where each kind of work stands. It is counted by an index that holds no more than what is due. */
const jobs: Readonly<Record<JobName, Job>> = {
  'review-submission': {
    ...plain,
    table: 'submissions',
    failed: sql`(select coalesce(sum(n), 0) from submission_tallies
      where status = 'review_error' and not is_archived)`,
  },
  'review-batch': {
    ...plain,
    table: 'review_batches',
    failed: sql`(select count(*) from review_batches where error is not null)`,
  },
  'review-approval': {
    table: 'approvals',
    due: 'review_due_at',
    lease: 'review_lease_id',
    // Where the model does not answer, a person is asked.
    failed: sql`0`,
  },
  'deliver-webhook': {
    ...plain,
    table: 'webhook_deliveries',
    failed: sql`(select count(*) from webhook_deliveries where status = 'failed')`,
  },
  'tell-people': {
    ...plain,
    table: 'notices',
    failed: sql`(select count(*) from notices where status = 'untold')`,
  },
}

interface CountRow extends Record<string, unknown> {
  name: JobName
  waiting: number
  active: number
  delayed: number
  failed: number
  wait: number | null
}

function countRows(name: string, { table, failed, ...columns }: Job): SQL {
  const [due, lease] = [sql.identifier(columns.due), sql.identifier(columns.lease)]
  const isDue = sql`${due} <= clock_timestamp()`
  return sql`
    select ${name}::text as name,
      (count(*) filter (where ${isDue}))::int as waiting,
      (count(*) filter (where not ${isDue} and ${lease} is not null))::int as active,
      (count(*) filter (where not ${isDue} and ${lease} is null))::int as delayed,
      ${failed}::int as failed,
      (extract(epoch from clock_timestamp() - min(${due}) filter (where ${isDue})) * 1000)::float8 as wait
    from ${sql.identifier(table)} where ${due} is not null`
}

function toCounts({ wait, ...counts }: CountRow): JobCounts {
  return { ...counts, oldestWaitMs: wait === null ? null : Math.trunc(wait) }
}

const isThere = ne(entities.visibilityStatus, 'archived')
const hasFailed = eq(submissions.status, 'review_error')
const isTriedAgain = and(eq(submissions.status, 'pending_llm'), gt(submissions.failures, 0))

const lastOutcome = sql<string | null>`(
  select ${reviewCalls.outcome} from ${reviewCalls}
  where ${reviewCalls.submissionId} = ${submissions.id}
    and ${reviewCalls.attempt} = ${submissions.attempt} and ${reviewCalls.outcome} <> 'answered'
  order by ${reviewCalls.at} desc limit 1
)`

function selectReviews(db: Connection) {
  return db
    .select({
      submissionId: submissions.id,
      entityId: submissions.entityId,
      n: submissions.n,
      type: entities.type,
      name: sql<string>`coalesce(${submissions.proposed} ->> 'name', ${entities.name})`,
      status: submissions.status,
      revision: submissions.revision,
      attempt: submissions.attempt,
      failures: sql<number>`coalesce((${submissions.review} ->> 'attempts')::int, ${submissions.failures})`,
      error: sql<string | null>`${submissions.review} ->> 'error'`,
      lastOutcome,
      dueAt: submissions.dueAt,
      isActive: sql<boolean>`${isNotNull(submissions.leaseId)}`,
    })
    .from(submissions)
    .innerJoin(entities, eq(entities.id, submissions.entityId))
}
