import type { GrantRepository } from '@countersign/core/approvals/repositories'
import { and, asc, eq, isNull, lt, or, sql } from 'drizzle-orm'
import { hence, isAhead } from '../../clock.ts'
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

    async findFor({ workspaceId, action, sessionKey, effect }) {
      const [row] = await db
        .select({ id: grants.id })
        .from(grants)
        .where(
          and(
            eq(grants.workspaceId, workspaceId),
            eq(grants.action, action),
            eq(grants.effect, effect),
            isNull(grants.revokedAt),
            isAhead(grants.expiresAt),
            isNull(grants.requestHash),
            isNull(grants.sessionId),
            or(isNull(grants.sessionKey), eq(grants.sessionKey, sessionKey)),
            or(isNull(grants.maxUses), lt(grants.uses, grants.maxUses)),
          ),
        )
        .orderBy(asc(grants.expiresAt))
        .limit(1)
      return row?.id
    },

    async use(id) {
      const [row] = await db.execute<{ used: boolean }>(sql`select use_grant(${id}) as used`)
      return row?.used === true
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
