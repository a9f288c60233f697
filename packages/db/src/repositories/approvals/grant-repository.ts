import type { GrantRepository } from '@countersign/core/approvals/repositories'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { hence } from '../../clock.ts'
import type { Connection } from '../../connection.ts'
import { grants } from '../../schema/approvals.ts'

export function createGrantRepository(db: Connection): GrantRepository {
  return {
    async insert(grant, ttlS) {
      const [row] = await db
        .insert(grants)
        .values({ ...grant, createdAt: sql`clock_timestamp()`, expiresAt: hence(ttlS * 1000) })
        .returning()
      if (!row) throw new Error('A grant was written and not given back.')
      return row
    },

    async revoke(id, by) {
      const [row] = await db
        .update(grants)
        .set({ revokedAt: sql`clock_timestamp()`, revokedBy: by })
        .where(and(eq(grants.id, id), isNull(grants.revokedAt)))
        .returning()
      return row
    },
  }
}
