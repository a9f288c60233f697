import { newId } from '@countersign/core/ids'
import type { DeliveryRepository } from '@countersign/core/webhooks/webhook-repository'
import { and, asc, eq, isNull, lt, lte, sql } from 'drizzle-orm'
import { ago, hence, now } from '../../clock.ts'
import type { Connection } from '../../connection.ts'
import { webhookDeliveries as deliveries, webhooks } from '../../schema/record.ts'

const dayMs = 86_400_000
const isDue = lte(deliveries.dueAt, sql`clock_timestamp()`)

export function createDeliveryRepository(db: Connection): DeliveryRepository {
  return { ...createLog(db), ...createLeaser(db) }
}

type Leaser = Pick<DeliveryRepository, 'listDue' | 'claim' | 'settle'>

function createLog(db: Connection): Omit<DeliveryRepository, keyof Leaser> {
  return {
    async find(id) {
      const [row] = await db.select().from(deliveries).where(eq(deliveries.id, id))
      return row
    },

    async insert({ payload, ...delivery }) {
      const values = { ...delivery, payload: { ...payload }, dueAt: now }
      const [row] = await db.insert(deliveries).values(values).returning()
      if (!row) throw new Error('An insert gave no row.')
      return row
    },

    async cancelPending(webhookId) {
      await db
        .update(deliveries)
        .set({ status: 'cancelled', dueAt: null, leaseId: null })
        .where(and(eq(deliveries.webhookId, webhookId), eq(deliveries.status, 'pending')))
    },

    async deleteBefore(days) {
      const gone = await db
        .delete(deliveries)
        .where(and(isNull(deliveries.dueAt), lt(deliveries.createdAt, ago(days * dayMs))))
        .returning({ id: deliveries.id })
      return gone.length
    },
  }
}

function createLeaser(db: Connection): Leaser {
  return {
    async listDue(limit) {
      return db
        .select({ deliveryId: deliveries.id, attempt: deliveries.attempts })
        .from(deliveries)
        .where(isDue)
        .orderBy(asc(deliveries.dueAt))
        .limit(limit)
    },

    async claim({ deliveryId, attempt }, leaseMs) {
      const leaseId = newId()
      const [delivery] = await db
        .update(deliveries)
        .set({ leaseId, attempts: attempt + 1, dueAt: hence(leaseMs) })
        .where(and(eq(deliveries.id, deliveryId), eq(deliveries.attempts, attempt), isDue))
        .returning()
      if (!delivery) return undefined
      const [webhook] = await db.select().from(webhooks).where(eq(webhooks.id, delivery.webhookId))
      return webhook && { delivery: { ...delivery, leaseId }, webhook }
    },

    async settle({ id, leaseId }, attempt, { status, dueInMs }) {
      await db
        .update(deliveries)
        .set({
          status,
          leaseId: null,
          dueAt: status === 'pending' ? hence(dueInMs ?? 0) : null,
          deliveredAt: status === 'delivered' ? now : null,
          responseStatus: attempt.responseStatus,
          error: attempt.error,
          tries: sql`${deliveries.tries} || ${JSON.stringify([attempt])}::text::jsonb`,
        })
        .where(and(eq(deliveries.id, id), eq(deliveries.leaseId, leaseId)))
    },
  }
}
