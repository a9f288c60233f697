import type { VersionRepository } from '@countersign/core/repositories'
import { and, eq, sql } from 'drizzle-orm'
import type { Connection } from '../connection.ts'
import { blobs, renditions, versions } from '../schema/store.ts'

export function createVersionRepository(db: Connection): VersionRepository {
  return {
    async find(entityId, n) {
      const [row] = await db
        .select()
        .from(versions)
        .where(and(eq(versions.entityId, entityId), eq(versions.n, n)))
      return row
    },

    async insert(version) {
      await db.insert(versions).values(version)
    },

    async findRendition(entityId, n, slug) {
      const [row] = await db
        .select()
        .from(renditions)
        .where(
          and(eq(renditions.entityId, entityId), eq(renditions.n, n), eq(renditions.slug, slug)),
        )
      return row
    },

    async insertRendition(rendition) {
      await db.insert(renditions).values(rendition).onConflictDoNothing()
    },

    async touchBlob(hash) {
      await db
        .insert(blobs)
        .values({ hash })
        .onConflictDoUpdate({ target: blobs.hash, set: { touchedAt: sql`now()` } })
    },
  }
}
