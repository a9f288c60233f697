import type { Entity, NewEntity } from '@countersign/core/store/entity'
import type { Opening } from '@countersign/core/submissions/opening'
import type { Submission } from '@countersign/core/submissions/submission'
import { sql } from 'drizzle-orm'
import type { Connection } from '../../connection.ts'
import { brokenConstraint } from '../../failures.ts'
import { auditEntries, events } from '../../schema/record.ts'
import { entities, renditions, slugClaims, versions } from '../../schema/store.ts'
import { findings, submissions } from '../../schema/submissions.ts'
import { defineStatement, given, type Words } from '../../statement.ts'
import { encodeFound, foundRows } from '../findings/found-rows.ts'
import { decidedWith, isOpen } from '../open-statuses.ts'
import { auditedRows, encodeRecorded, toldRows } from './recorded-rows.ts'

const first = sql`1`
const beginning = {
  revision: first,
  attempt: first,
  checksAttempt: first,
  failures: sql`0`,
  claims: sql`0`,
  dueAt: sql`clock_timestamp() + ${sql.placeholder('dueInMs')}::float8 * interval '1 millisecond'`,
  decidedAt: decidedWith(sql`${sql.placeholder('status')}`),
}

const { entityId, n, slug, versionHash, fileSize, submitterId } = given(
  'entityId',
  'n',
  'slug',
  'versionHash',
  'fileSize',
  'submitterId',
)

/** The rows of an offer, all at once: what refers to what is looked at when every row is there. */
function rowsOf(words: Words) {
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
  return {
    opened: words.$with('opened').as(submission),
    rest: [words.$with('version').as(version), words.$with('rendition').as(rendition)] as const,
  }
}

/** What is said of an offer, beside it. */
function wordsOf(words: Words) {
  const found = words
    .insert(findings)
    .select(sql`${foundRows(sql`opened.id`, first)} cross join opened`)
    .returning({ n: findings.ordinal })
  const audited = words.insert(auditEntries).select(auditedRows).returning({ id: auditEntries.id })
  const told = words.insert(events).select(toldRows).returning({ id: events.id })
  return [
    words.$with('found_rows').as(found),
    words.$with('audited').as(audited),
    words.$with('told').as(told),
  ] as const
}

const write = defineStatement((words) => {
  const { opened, rest } = rowsOf(words)
  return words
    .with(opened, ...rest, ...wordsOf(words))
    .select()
    .from(opened)
})

const writeFirst = defineStatement((words) => {
  const { opened, rest } = rowsOf(words)
  const entity = words
    .insert(entities)
    .values({
      ...{ id: entityId, slug, highestN: first, revision: first },
      ...given('type', 'ownerId', 'name', 'description', 'category'),
      visibilityStatus: sql`'pending'`,
    })
    .returning()
  const claim = words
    .insert(slugClaims)
    .values({ slug, entityId, isCurrent: sql`true` })
    .returning({ slug: slugClaims.slug })
  const made = words.$with('made').as(entity)
  return words
    .with(made, words.$with('claimed').as(claim), opened, ...rest, ...wordsOf(words))
    .select()
    .from(made)
    .crossJoin(opened)
})

/** Writes what an offer consists of; `undefined` if the entity has an open review. */
export async function writeOffer(
  db: Connection,
  opening: Opening,
): Promise<Submission | undefined> {
  const [opened] = await write(db, valuesOf(opening))
  return opened
}

/** Writes something new with its first offer; `undefined`, and nothing, if its slug is taken. */
export async function writeFirstOffer(
  db: Connection,
  { id: _, ...entity }: NewEntity,
  opening: Opening,
): Promise<{ entity: Entity; submission: Submission } | undefined> {
  try {
    const [row] = await writeFirst(db, { ...entity, ...valuesOf(opening) })
    return row && { entity: row.made, submission: row.opened }
  } catch (error) {
    if (brokenConstraint(error) === 'slug_claims_pkey') return undefined
    throw error
  }
}

function valuesOf({ version, files, submission, dueInMs, found, recorded }: Opening) {
  const said = { found: encodeFound(found), ...encodeRecorded(recorded) }
  return { ...submission, ...version, files, dueInMs, ...said }
}
