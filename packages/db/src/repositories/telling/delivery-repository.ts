import { encodeJson } from '@countersign/core/encode-json'
import type { DeliveryRepository } from '@countersign/core/webhooks/webhook-repository'
import { and, eq, isNull, lt, sql } from 'drizzle-orm'
import { ago, dayMs, now } from '../../clock.ts'
import type { Connection } from '../../connection.ts'
import { giveBack, isHeldBy, listDue, takeLease } from '../../lease.ts'
import { webhookDeliveries as deliveries, webhooks } from '../../schema/record.ts'

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
      const due = await listDue(db, deliveries, limit)
      return due.map(({ id: deliveryId, attempt }) => ({ deliveryId, attempt }))
    },

    async claim({ deliveryId, attempt }, leaseMs) {
      const lease = takeLease(deliveries, { id: deliveryId, attempt }, leaseMs)
      const { leaseId, changes, isFree } = lease
      const [delivery] = await db.update(deliveries).set(changes).where(isFree).returning()
      if (!delivery) return undefined
      const [webhook] = await db.select().from(webhooks).where(eq(webhooks.id, delivery.webhookId))
      return webhook && { delivery: { ...delivery, leaseId }, webhook }
    },

    async settle(held, attempt, { status, dueInMs }) {
      await db
        .update(deliveries)
        .set({
          status,
          ...giveBack(status, dueInMs),
          deliveredAt: status === 'delivered' ? now : null,
          responseStatus: attempt.responseStatus,
          error: attempt.error,
          tries: sql`${deliveries.tries} || ${encodeJson([attempt])}::text::jsonb`,
        })
        .where(isHeldBy(deliveries, held))
    },
  }
}
