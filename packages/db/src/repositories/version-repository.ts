import type { VersionRepository } from '@countersign/core/repositories'
import { and, eq, sql } from 'drizzle-orm'
import type { Connection } from '../connection.ts'
import { blobs, renditions, versions } from '../schema/store.ts'
import { submissions } from '../schema/submissions.ts'
import { defineStatement, given } from '../statement.ts'

const touchBlob = defineStatement((words) =>
  words
    .insert(blobs)
    .values(given('hash'))
    .onConflictDoUpdate({ target: blobs.hash, set: { touchedAt: sql`now()` } }),
)

/** No version that still has its bytes is served from it, and nobody is about to store it. */
const isUnneeded = sql`${blobs.touchedAt} < clock_timestamp() - interval '1 day' and not exists (
  select 1 from ${renditions}
  left join ${submissions} on ${submissions.entityId} = ${renditions.entityId}
    and ${submissions.n} = ${renditions.n}
  where ${renditions.hash} = ${blobs.hash} and ${submissions.bundlePurgedAt} is null
)`

export function createVersionRepository(db: Connection): VersionRepository {
  return {
    async find(entityId, n) {
      const [row] = await db
        .select()
        .from(versions)
        .where(and(eq(versions.entityId, entityId), eq(versions.n, n)))
      return row
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

    async listUnneededBlobs(limit) {
      const rows = await db.select({ hash: blobs.hash }).from(blobs).where(isUnneeded).limit(limit)
      return rows.map(({ hash }) => hash)
    },

    async forgetBlob(hash) {
      const gone = await db
        .delete(blobs)
        .where(and(eq(blobs.hash, hash), isUnneeded))
        .returning({ hash: blobs.hash })
      return gone.length > 0
    },

    async touchBlob(hash) {
      await touchBlob(db, { hash })
    },
  }
}
