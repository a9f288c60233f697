import type { Caller } from '@countersign/core/identity/caller'
import { isAdmin } from '@countersign/core/identity/caller'
import type { EntityDetail, EntityFilter, Reads, VersionSummary } from '@countersign/core/reads'
import { settleAll } from '@countersign/core/settle-all'
import { seesWholeLife } from '@countersign/core/store/access'
import type { Entity } from '@countersign/core/store/entity'
import { and, count, desc, eq, ilike, inArray, isNotNull, ne, or, type SQL, sql } from 'drizzle-orm'
import type { Database } from '../client.ts'
import type { Connection } from '../connection.ts'
import { principals } from '../schema/identity.ts'
import { entities, installs, renditions, versions } from '../schema/store.ts'
import { submissions } from '../schema/submissions.ts'
import { readSnapshot } from '../snapshot.ts'
import { behind, containing, toPage } from './paging.ts'

type EntityReads = Pick<Reads, 'findEntity' | 'listEntities'>

export function createEntityReads(db: Database): EntityReads {
  return {
    findEntity: (id, viewer) => readSnapshot(db, (snapshot) => findEntity(snapshot, id, viewer)),
    listEntities: (filter, viewer, page) =>
      readSnapshot(db, async (snapshot) => {
        const rows = await selectOwned(snapshot)
          .where(and(isVisible(viewer), matches(filter, viewer), behind(entities.id, page)))
          .orderBy(desc(entities.id))
          .limit(page.limit + 1)
        const { items, nextKey } = toPage(rows, page, ({ entity }) => entity.id)
        return { items: await detailAll(snapshot, items, viewer), nextKey }
      }),
  }
}

async function findEntity(
  db: Connection,
  id: string,
  viewer: Caller,
): Promise<EntityDetail | undefined> {
  const rows = await selectOwned(db).where(eq(entities.id, id))
  const isWhole = rows.some(({ entity }) => seesWholeLife(viewer, entity))
  const [[detail], installCount] = await settleAll([
    detailAll(db, rows, viewer),
    isWhole ? countInstalls(db, id) : undefined,
  ])
  return detail && { ...detail, ...(installCount !== undefined && { installCount }) }
}

function selectOwned(db: Connection) {
  return db
    .select({ entity: entities, handle: principals.handle })
    .from(entities)
    .innerJoin(principals, eq(principals.id, entities.ownerId))
}

/** What is served, one's own, and for admins everything; what was archived is on no shelf. */
function isVisible(viewer: Caller): SQL | undefined {
  const isShelved = ne(entities.visibilityStatus, 'archived')
  if (isAdmin(viewer)) return isShelved
  const isServed = eq(entities.visibilityStatus, 'approved')
  return and(isShelved, or(isServed, eq(entities.ownerId, viewer.personId)))
}

function matches(filter: EntityFilter, viewer: Caller): SQL | undefined {
  const { q, type, owner, category, installed, isServed } = filter
  const isInstalled = sql`exists (
    select 1 from ${installs}
    where ${installs.entityId} = ${entities.id} and ${installs.principalId} = ${viewer.personId}
  )`
  return and(
    q
      ? or(ilike(entities.name, containing(q)), ilike(entities.description, containing(q)))
      : undefined,
    type ? eq(entities.type, type) : undefined,
    owner ? or(eq(principals.handle, owner), eq(sql`${principals.id}::text`, owner)) : undefined,
    category ? eq(entities.category, category) : undefined,
    isServed ? eq(entities.visibilityStatus, 'approved') : undefined,
    installed === undefined ? undefined : installed ? isInstalled : sql`not ${isInstalled}`,
  )
}

async function detailAll(
  db: Connection,
  rows: readonly { entity: Entity; handle: string }[],
  viewer: Caller,
): Promise<EntityDetail[]> {
  const ids = rows.map(({ entity }) => entity.id)
  if (ids.length === 0) return []
  const [summaries, installed] = await settleAll([
    listVersions(db, ids),
    db
      .select({ entityId: installs.entityId })
      .from(installs)
      .where(and(eq(installs.principalId, viewer.personId), inArray(installs.entityId, ids))),
  ])
  const isInstalled = new Set(installed.map(({ entityId }) => entityId))
  return rows.map(({ entity, handle }) => {
    const ofEntity = summaries.get(entity.id) ?? []
    return {
      entity,
      owner: { id: entity.ownerId, handle },
      live: ofEntity.find(({ n }) => n === entity.liveN) ?? null,
      versions: ofEntity,
      latestSubmission: findLatest(ofEntity),
      isInstalled: isInstalled.has(entity.id),
    }
  })
}

/** How many people have it installed. Whoever cannot log in, as the probe cannot, is nobody. */
async function countInstalls(db: Connection, entityId: string): Promise<number> {
  const [row] = await db
    .select({ people: count() })
    .from(installs)
    .innerJoin(principals, eq(principals.id, installs.principalId))
    .where(and(eq(installs.entityId, entityId), isNotNull(principals.passwordHash)))
  return row?.people ?? 0
}

function findLatest(summaries: readonly VersionSummary[]): EntityDetail['latestSubmission'] {
  const latest = summaries.findLast(({ submissionId }) => submissionId !== null)
  return latest?.submissionId
    ? { id: latest.submissionId, status: latest.status, n: latest.n }
    : null
}

/** The versions of entities, each as its entity serves it, or as it was reviewed. */
async function listVersions(db: Connection, entityIds: string[]) {
  const rows = await db
    .selectDistinctOn([versions.entityId, versions.n], {
      entityId: versions.entityId,
      n: versions.n,
      hash: renditions.hash,
      size: renditions.size,
      createdAt: versions.createdAt,
      createdBy: versions.createdBy,
      submissionId: submissions.id,
      status: submissions.status,
      restoredFrom: versions.restoredFrom,
    })
    .from(versions)
    .innerJoin(entities, eq(entities.id, versions.entityId))
    .innerJoin(
      renditions,
      and(eq(renditions.entityId, versions.entityId), eq(renditions.n, versions.n)),
    )
    .leftJoin(
      submissions,
      and(eq(submissions.entityId, versions.entityId), eq(submissions.n, versions.n)),
    )
    .where(inArray(versions.entityId, entityIds))
    .orderBy(versions.entityId, versions.n, desc(eq(renditions.slug, entities.slug)))
  return Map.groupBy(
    // A version without a submission was there before reviews were: it counts as approved.
    rows.map((row) => ({ ...row, status: row.status ?? ('approved' as const) })),
    ({ entityId }) => entityId,
  )
}
