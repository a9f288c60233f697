import { type CheckName, checkNames } from '@countersign/core/guardrails/inspection'
import type { Reads, SubmissionDetail, SubmissionFilter } from '@countersign/core/reads'
import type { SubmissionStatus } from '@countersign/core/submissions/submission'
import {
  and,
  asc,
  desc,
  eq,
  gt,
  ilike,
  inArray,
  isNotNull,
  isNull,
  ne,
  or,
  type SQL,
  sql,
} from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Connection } from '../connection.ts'
import { toFinding } from '../repositories/findings/finding-repository.ts'
import { principals } from '../schema/identity.ts'
import { entities, versions } from '../schema/store.ts'
import {
  appeals,
  assignments,
  findings,
  submissions,
  submissionTallies,
} from '../schema/submissions.ts'
import { behind, containing, toPage } from './paging.ts'

type SubmissionReads = Pick<Reads, 'findSubmission' | 'listSubmissions' | 'countSubmissions'>

export function createSubmissionReads(db: Connection): SubmissionReads {
  return {
    async findSubmission(id) {
      const rows = await selectDetails(db).where(eq(submissions.id, id))
      const [detail] = await withFindings(db, rows)
      return detail
    },

    async listSubmissions(filter, page) {
      const rows = await selectDetails(db)
        .where(and(matches(filter), behind(submissions.id, page)))
        .orderBy(desc(submissions.id))
        .limit(page.limit + 1)
      const { items, nextKey } = toPage(rows, page, ({ submission }) => submission.id)
      return { items: await withFindings(db, items), nextKey }
    },

    async countSubmissions(filter) {
      if (isTallied(filter)) return sumTallies(db, filter)
      const rows = await db
        .select({ status: submissions.status, count: sql<number>`count(*)::int` })
        .from(submissions)
        .innerJoin(entities, eq(entities.id, submissions.entityId))
        .innerJoin(principals, eq(principals.id, submissions.submitterId))
        .leftJoin(assignments, eq(assignments.submissionId, submissions.id))
        .where(matches({ ...filter, statuses: undefined }))
        .groupBy(submissions.status)
      return Object.fromEntries(rows.map(({ status, count }) => [status, count]))
    },
  }
}

/** Whether the tallies tell as many submissions apart as the filter does. */
function isTallied({ claimedBy, ...filter }: SubmissionFilter): boolean {
  const { q, submitter, severity, rule, held, appealed } = filter
  const isNarrowed = q || submitter || severity || rule || held || appealed
  return !isNarrowed && claimedBy === undefined
}

async function sumTallies(
  db: Connection,
  { statuses, type, includeArchived }: SubmissionFilter,
): Promise<Partial<Record<SubmissionStatus, number>>> {
  const { status, n } = submissionTallies
  const total = sql<number>`sum(${n})::int`
  const rows = await db
    .select({ status, count: total })
    .from(submissionTallies)
    .where(
      and(
        statuses?.includes('deleted') ? undefined : ne(status, 'deleted'),
        includeArchived ? undefined : eq(submissionTallies.isArchived, false),
        type ? eq(submissionTallies.type, type) : undefined,
      ),
    )
    .groupBy(status)
    .having(gt(total, 0))
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]))
}

const assignee = alias(principals, 'assignee')

const isUnanswered = and(
  eq(appeals.submissionId, submissions.id),
  gt(appeals.askedAt, submissions.decidedAt),
)

const appealedAt = sql<Date | null>`(
  select ${appeals.askedAt} from ${appeals} where ${isUnanswered}
)`.mapWith(appeals.askedAt)

/** Read of the rows that are shown alone: a join would take part in finding them. */
const contentHash = sql<string>`(
  select ${versions.contentHash} from ${versions}
  where ${versions.entityId} = ${submissions.entityId} and ${versions.n} = ${submissions.n}
)`

function selectDetails(db: Connection) {
  return db
    .select({
      submission: submissions,
      entity: {
        id: entities.id,
        type: entities.type,
        name: entities.name,
        slug: entities.slug,
        ownerId: entities.ownerId,
        liveN: entities.liveN,
        visibilityStatus: entities.visibilityStatus,
      },
      submitter: { id: principals.id, email: principals.email },
      assignee: { id: assignee.id, handle: assignee.handle },
      appealedAt,
      contentHash,
    })
    .from(submissions)
    .innerJoin(entities, eq(entities.id, submissions.entityId))
    .innerJoin(principals, eq(principals.id, submissions.submitterId))
    .leftJoin(assignments, eq(assignments.submissionId, submissions.id))
    .leftJoin(assignee, eq(assignee.id, assignments.principalId))
}

function matches(filter: SubmissionFilter): SQL | undefined {
  const { statuses, type, q, submitter, severity, rule, held, claimedBy, appealed } = filter
  return and(
    statuses ? inArray(submissions.status, [...statuses]) : undefined,
    isShown(filter),
    type ? eq(entities.type, type) : undefined,
    q ? matchesText(q) : undefined,
    submitter ? isSubmittedBy(submitter) : undefined,
    severity ? eq(submissions.severity, severity) : undefined,
    rule ? wasFoundBy(rule) : undefined,
    claimedBy === undefined ? undefined : isClaimedBy(claimedBy),
    appealed ? sql`exists (select from ${appeals} where ${isUnanswered})` : undefined,
    held
      ? and(eq(submissions.status, 'pending_llm'), isNotNull(submissions.holdReason))
      : undefined,
  )
}

/** Archived entities and deleted submissions show up only where they are asked for. */
function isShown({ statuses, includeArchived }: SubmissionFilter): SQL | undefined {
  return and(
    statuses?.includes('deleted') ? undefined : ne(submissions.status, 'deleted'),
    includeArchived ? undefined : ne(entities.visibilityStatus, 'archived'),
  )
}

function matchesText(q: string): SQL | undefined {
  return or(
    ilike(entities.name, containing(q)),
    ilike(principals.email, containing(q)),
    eq(sql`${submissions.id}::text`, q),
    eq(submissions.versionHash, q),
  )
}

/** Whether a rule found something in it when it was last inspected. */
function wasFoundBy(rule: string): SQL {
  return sql`exists (
    select from ${findings} where ${findings.submissionId} = ${submissions.id}
      and ${findings.attempt} = ${submissions.checksAttempt} and ${findings.ruleId} = ${rule}
  )`
}

function isClaimedBy(by: string | null): SQL {
  const { principalId } = assignments
  return by === null ? isNull(principalId) : eq(principalId, by)
}

function isSubmittedBy(submitter: string): SQL | undefined {
  return or(
    eq(sql`lower(${principals.email})`, submitter.toLowerCase()),
    eq(sql`${principals.id}::text`, submitter),
  )
}

type Row = Omit<SubmissionDetail, 'checks'>

async function withFindings(db: Connection, rows: readonly Row[]): Promise<SubmissionDetail[]> {
  const ids = rows.map(({ submission }) => submission.id)
  if (ids.length === 0) return []
  const found = await db
    .select({ finding: findings })
    .from(findings)
    .innerJoin(submissions, eq(submissions.id, findings.submissionId))
    .where(
      and(inArray(findings.submissionId, ids), eq(findings.attempt, submissions.checksAttempt)),
    )
    .orderBy(asc(findings.submissionId), asc(findings.stage), asc(findings.ordinal))
  const ofSubmission = Map.groupBy(found, ({ finding }) => finding.submissionId)
  return rows.map((row) => ({ ...row, checks: toChecks(row, ofSubmission) }))
}

function toChecks(
  { submission }: Row,
  found: Map<string, { finding: typeof findings.$inferSelect }[]>,
): SubmissionDetail['checks'] {
  const own = found.get(submission.id) ?? []
  const entries = checkNames.map((name) => {
    const ofCheck = own.filter(({ finding }) => finding.stage === name)
    const check = {
      status: submission.checks[name],
      findings: ofCheck.map(({ finding }) => toFinding(finding)),
    }
    return [name, check] as const
  })
  return Object.fromEntries(entries) as Record<CheckName, SubmissionDetail['checks'][CheckName]>
}
