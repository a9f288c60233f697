import type { SuppressionRepository } from '@countersign/core/suppressions/suppression-repository'
import { and, asc, eq, gt, isNull } from 'drizzle-orm'
import { now } from '../../clock.ts'
import type { Connection } from '../../connection.ts'
import { suppressions } from '../../schema/operations.ts'

export function createSuppressionRepository(db: Connection): SuppressionRepository {
  return {
    async insert(suppression) {
      const [row] = await db.insert(suppressions).values(suppression).returning()
      if (!row) throw new Error('An insert gave no row.')
      return row
    },

    async end(id, revokedBy) {
      const [row] = await db
        .update(suppressions)
        .set({ revokedAt: now, revokedBy })
        .where(and(eq(suppressions.id, id), isNull(suppressions.revokedAt)))
        .returning()
      return row
    },

    async listActive(entityId) {
      return db
        .select()
        .from(suppressions)
        .where(
          and(
            eq(suppressions.entityId, entityId),
            isNull(suppressions.revokedAt),
            gt(suppressions.expiresAt, now),
          ),
        )
        .orderBy(asc(suppressions.id))
    },
  }
}
