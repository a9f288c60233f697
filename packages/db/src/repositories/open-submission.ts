import type { Opening } from '@countersign/core/submissions/opening'
import { openStatuses, type Submission } from '@countersign/core/submissions/submission'
import { sql } from 'drizzle-orm'
import type { Connection } from '../connection.ts'
import { renditions, versions } from '../schema/store.ts'
import { findings, submissions } from '../schema/submissions.ts'
import { defineStatement, given } from '../statement.ts'
import { encodeFound, foundRows } from './findings/found-rows.ts'

const open = sql.raw(`('${openStatuses.join("', '")}')`)
/** In letters, as indexes have it: the plan of a statement whose values come later finds none by it. */
export const isOpen = sql`status in ${open}`

const first = sql`1`
const beginning = {
  revision: first,
  attempt: first,
  checksAttempt: first,
  failures: sql`0`,
  claims: sql`0`,
  dueAt: sql`clock_timestamp() + ${sql.placeholder('dueInMs')}::float8 * interval '1 millisecond'`,
  decidedAt: sql`case when ${sql.placeholder('status')}::text in ${open} then null else now() end`,
}

/** All of an offer at once: what refers to what is looked at when every row is there. */
const write = defineStatement((words) => {
  const { entityId, n, slug, versionHash, fileSize, submitterId } = given(
    ...(['entityId', 'n', 'slug', 'versionHash', 'fileSize', 'submitterId'] as const),
  )
  const told = given('contentHash', 'restoredFrom', 'authorVersion')
  const version = words
    .insert(versions)
    .values({ entityId, n, ...told, createdBy: submitterId })
    .returning({ n: versions.n })
  const rendition = words
    .insert(renditions)
    .values({ entityId, n, slug, hash: versionHash, size: fileSize, ...given('files') })
    .onConflictDoNothing()
    .returning({ n: renditions.n })
  const submission = words
    .insert(submissions)
    .values({
      ...{ entityId, n, slug, versionHash, fileSize, submitterId, ...beginning },
      ...given('id', 'status', 'holdReason', 'priority', 'agentId', 'proposed', 'checks'),
      ...given('capabilities', 'capabilityDelta', 'severity', 'unaccounted', 'policyVersion'),
    })
    .onConflictDoNothing({ target: submissions.entityId, where: isOpen })
    .returning()
  const opened = words.$with('opened').as(submission)
  const found = words
    .insert(findings)
    .select(sql`${foundRows(sql`opened.id`, first)} cross join opened`)
    .returning({ ordinal: findings.ordinal })
  const and = [
    words.$with('version').as(version),
    words.$with('rendition').as(rendition),
    words.$with('found').as(found),
  ] as const
  return words
    .with(opened, ...and)
    .select()
    .from(opened)
})

/** Writes what an offer consists of; `undefined` if the entity has an open review. */
export async function openSubmission(
  db: Connection,
  { version, files, submission, dueInMs, found }: Opening,
): Promise<Submission | undefined> {
  const values = { ...submission, ...version, files, dueInMs, found: encodeFound(found) }
  const [opened] = await write(db, values)
  return opened
}
