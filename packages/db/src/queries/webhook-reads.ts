import type { Reads } from '@countersign/core/reads'
import { and, desc, eq } from 'drizzle-orm'
import type { Connection } from '../connection.ts'
import { webhookDeliveries as deliveries, webhooks } from '../schema/record.ts'
import { behind, byId, toPage } from './paging.ts'

export function createWebhookReads(db: Connection): Pick<Reads, 'listWebhooks' | 'listDeliveries'> {
  return {
    async listWebhooks(page) {
      const rows = await db
        .select()
        .from(webhooks)
        .where(behind(webhooks.id, page))
        .orderBy(desc(webhooks.id))
        .limit(page.limit + 1)
      return toPage(rows, page, byId)
    },

    async listDeliveries(webhookId, page) {
      const rows = await db
        .select()
        .from(deliveries)
        .where(and(eq(deliveries.webhookId, webhookId), behind(deliveries.id, page)))
        .orderBy(desc(deliveries.id))
        .limit(page.limit + 1)
      return toPage(rows, page, byId)
    },
  }
}
