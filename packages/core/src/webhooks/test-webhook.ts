import { ServiceError } from '../errors.ts'
import { actorOf, type Caller, requireAdmin } from '../identity/caller.ts'
import { type Id, newId } from '../ids.ts'
import type { Ports } from '../ports.ts'
import { type Delivery, testEventType } from './webhook.ts'

/** Sends a webhook an event made for it, so that one can see whether it hears. It is tried once. */
export async function testWebhook(
  { transact }: Pick<Ports, 'transact'>,
  { caller, webhookId }: { caller: Caller; webhookId: Id },
): Promise<Delivery> {
  requireAdmin(caller)
  const eventId = newId()
  return transact(async (store) => {
    if (!(await store.webhooks.find(webhookId))) throw new ServiceError('not_found')
    await store.audit.append({
      actor: actorOf(caller),
      action: 'webhook.test',
      resource: `webhook:${webhookId}`,
      params: { event_id: eventId },
    })
    return store.deliveries.insert({
      id: newId(),
      webhookId,
      eventId,
      eventType: testEventType,
      payload: {
        id: eventId,
        type: testEventType,
        timestamp: new Date().toISOString(),
        data: { webhook_id: webhookId },
      },
      redeliveryOf: null,
    })
  })
}
