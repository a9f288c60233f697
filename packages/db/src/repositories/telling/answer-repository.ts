import type { AnswerRepository } from '@countersign/core/notices/notice-repository'
import { and, asc, eq, sql } from 'drizzle-orm'
import { now } from '../../clock.ts'
import type { Connection } from '../../connection.ts'
import { answerTokens, channelIdentities } from '../../schema/notices.ts'

export function createAnswerRepository(db: Connection): AnswerRepository {
  return {
    async issue(tokenHash, token, expiresAt) {
      await db
        .insert(answerTokens)
        .values({ tokenHash: Buffer.from(tokenHash), ...token, expiresAt })
    },

    async find(tokenHash) {
      const [row] = await db
        .select()
        .from(answerTokens)
        .where(
          and(
            eq(answerTokens.tokenHash, Buffer.from(tokenHash)),
            sql`${answerTokens.expiresAt} > clock_timestamp() - interval '1 day'`,
          ),
        )
      return row
    },

    async findIdentity(channel, externalUser) {
      const [row] = await db
        .select()
        .from(channelIdentities)
        .where(isIdentity(channel, externalUser))
      return row
    },

    async putIdentity(identity) {
      const { channel, externalUser } = channelIdentities
      const { principalId, addedBy } = identity
      const [row] = await db
        .insert(channelIdentities)
        .values(identity)
        .onConflictDoUpdate({
          target: [channel, externalUser],
          set: { principalId, addedBy, createdAt: now },
        })
        .returning()
      if (!row) throw new Error('An insert gave no row.')
      return row
    },

    async deleteIdentity(channel, externalUser) {
      const gone = await db
        .delete(channelIdentities)
        .where(isIdentity(channel, externalUser))
        .returning({ channel: channelIdentities.channel })
      return gone.length > 0
    },

    async listIdentities() {
      return db.select().from(channelIdentities).orderBy(asc(channelIdentities.createdAt))
    },
  }
}

function isIdentity(channel: 'telegram', externalUser: string) {
  return and(
    eq(channelIdentities.channel, channel),
    eq(channelIdentities.externalUser, externalUser),
  )
}
