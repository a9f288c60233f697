import { ServiceError } from '../errors.ts'
import { actorOf, type Caller, requireAdmin } from '../identity/caller.ts'
import { type Id, newId } from '../ids.ts'
import type { Ports } from '../ports.ts'
import type { Delivery } from './webhook.ts'

/** Sends an event to its webhook once more, under the same id: whoever has seen it can tell. */
export async function redeliverEvent(
  { transact }: Pick<Ports, 'transact'>,
  { caller, webhookId, deliveryId }: { caller: Caller; webhookId: Id; deliveryId: Id },
): Promise<Delivery> {
  requireAdmin(caller)
  return transact(async (store) => {
    const delivery = await store.deliveries.find(deliveryId)
    if (delivery?.webhookId !== webhookId) throw new ServiceError('not_found')
    const { eventId, eventType, payload } = delivery
    await store.audit.append({
      actor: actorOf(caller),
      action: 'webhook.redeliver',
      resource: `webhook:${webhookId}`,
      params: { event_id: eventId, delivery_id: deliveryId },
    })
    return store.deliveries.insert({
      id: newId(),
      webhookId,
      eventId,
      eventType,
      payload,
      redeliveryOf: deliveryId,
    })
  })
}
