import type { Reads } from '@countersign/core/reads'
import { and, desc, eq, isNotNull, isNull, ne } from 'drizzle-orm'
import type { Connection } from '../connection.ts'
import { principals, tokens } from '../schema/identity.ts'
import { behind, byId, toPage } from './paging.ts'

export function createIdentityReads(db: Connection): Pick<Reads, 'listTokens' | 'listUsers'> {
  return {
    async listTokens(creatorId, page) {
      const rows = await db
        .select()
        .from(tokens)
        .where(
          and(
            eq(tokens.creatorId, creatorId),
            ne(tokens.kind, 'session'),
            isNull(tokens.revokedAt),
            behind(tokens.id, page),
          ),
        )
        .orderBy(desc(tokens.id))
        .limit(page.limit + 1)
      const items = rows.map(({ hash: _, revokedAt: __, ...token }) => token)
      return toPage(items, page, byId)
    },

    async listUsers(page) {
      const rows = await db
        .select()
        .from(principals)
        .where(and(isNotNull(principals.passwordHash), behind(principals.id, page)))
        .orderBy(desc(principals.id))
        .limit(page.limit + 1)
      const items = rows.map(({ passwordHash: _, ...user }) => user)
      return toPage(items, page, byId)
    },
  }
}
