import type { TokenRepository } from '@countersign/core/repositories'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Connection } from '../connection.ts'
import { tokens } from '../schema/identity.ts'

export function createTokenRepository(db: Connection): TokenRepository {
  const revoke = (condition: ReturnType<typeof and>) =>
    db
      .update(tokens)
      .set({ revokedAt: sql`now()` })
      .where(and(condition, isNull(tokens.revokedAt)))
      .returning({ id: tokens.id })

  return {
    async insert(token) {
      await db.insert(tokens).values(token)
    },

    async revoke(id, creatorId) {
      const rows = await revoke(and(eq(tokens.id, id), eq(tokens.creatorId, creatorId)))
      return rows.length > 0
    },

    async revokeSessions(principalId) {
      await revoke(and(eq(tokens.principalId, principalId), eq(tokens.kind, 'session')))
    },

    async revokeByHash(hash) {
      await revoke(eq(tokens.hash, hash))
    },
  }
}
