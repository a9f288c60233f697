import type { Reads } from '@countersign/core/reads'
import { and, asc, desc, eq, sql } from 'drizzle-orm'
import type { Connection } from '../connection.ts'
import { principals } from '../schema/identity.ts'
import { entities, installs, renditions } from '../schema/store.ts'
import { submissions } from '../schema/submissions.ts'

const isLiveRendition = and(
  eq(renditions.entityId, entities.id),
  eq(renditions.n, entities.liveN),
  eq(renditions.slug, entities.slug),
)

/** What installers are given: live versions, and the files of any version. */
export function createServedReads(db: Connection): Pick<Reads, 'listServed' | 'findFiles'> {
  return {
    async listServed(personId) {
      const rows = await db
        .select({
          entityId: entities.id,
          slug: entities.slug,
          n: renditions.n,
          hash: renditions.hash,
          type: entities.type,
          name: entities.name,
          description: entities.description,
          category: entities.category,
          ownerHandle: principals.handle,
        })
        .from(installs)
        .innerJoin(entities, eq(entities.id, installs.entityId))
        .innerJoin(principals, eq(principals.id, entities.ownerId))
        .innerJoin(renditions, isLiveRendition)
        .where(and(eq(installs.principalId, personId), eq(entities.visibilityStatus, 'approved')))
        .orderBy(asc(entities.slug))
      return rows
    },

    async findFiles(entityId, n) {
      const [row] = await db
        .select({
          hash: renditions.hash,
          files: renditions.files,
          isPurged: sql<boolean>`${submissions.bundlePurgedAt} is not null`,
        })
        .from(renditions)
        .innerJoin(entities, eq(entities.id, renditions.entityId))
        .leftJoin(
          submissions,
          and(eq(submissions.entityId, renditions.entityId), eq(submissions.n, renditions.n)),
        )
        .where(and(eq(renditions.entityId, entityId), eq(renditions.n, n)))
        .orderBy(desc(eq(renditions.slug, entities.slug)), desc(renditions.createdAt))
        .limit(1)
      return row
    },
  }
}
