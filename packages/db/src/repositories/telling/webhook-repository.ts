import type { WebhookRepository } from '@countersign/core/webhooks/webhook-repository'
import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import { now } from '../../clock.ts'
import type { Connection } from '../../connection.ts'
import { webhooks } from '../../schema/record.ts'

export function createWebhookRepository(db: Connection): WebhookRepository {
  return {
    async find(id) {
      const [row] = await db.select().from(webhooks).where(eq(webhooks.id, id))
      return row
    },

    async lock(id) {
      const [row] = await db.select().from(webhooks).where(eq(webhooks.id, id)).for('update')
      return row
    },

    async insert({ events, secrets, ...webhook }) {
      const [row] = await db
        .insert(webhooks)
        .values({ ...webhook, events: [...events], secrets: [...secrets] })
        .returning()
      if (!row) throw new Error('An insert gave no row.')
      return row
    },

    async update(id, { url, events, secrets, disabledReason }) {
      const [row] = await db
        .update(webhooks)
        .set({
          // Without a column to set there would be no statement.
          id,
          ...(url !== undefined && { url }),
          ...(events && { events: [...events] }),
          ...(secrets && { secrets: [...secrets] }),
          ...(disabledReason !== undefined && {
            disabledReason,
            disabledAt: disabledReason === null ? null : now,
            failingSince: null,
          }),
        })
        .where(eq(webhooks.id, id))
        .returning()
      return row
    },

    async noteTry(id, gotThrough) {
      const { failingSince } = webhooks
      await db
        .update(webhooks)
        .set({ failingSince: gotThrough ? null : now })
        .where(
          and(eq(webhooks.id, id), gotThrough ? isNotNull(failingSince) : isNull(failingSince)),
        )
    },

    async delete(id) {
      const rows = await db
        .delete(webhooks)
        .where(eq(webhooks.id, id))
        .returning({ id: webhooks.id })
      return rows.length > 0
    },
  }
}
