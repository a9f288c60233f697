import { type Actor, systemActor } from '../identity/caller.ts'
import type { Store } from '../repositories.ts'
import type { Webhook } from './webhook.ts'

/** Tells a webhook nothing more, and calls off what was on its way to it. */
export async function disableWebhook(
  { webhooks, deliveries, audit }: Pick<Store, 'webhooks' | 'deliveries' | 'audit'>,
  { id }: Webhook,
  reason: string,
  actor: Actor = systemActor,
): Promise<Webhook | undefined> {
  const disabled = await webhooks.update(id, { disabledReason: reason })
  if (!disabled) return undefined
  await deliveries.cancelPending(id)
  await audit.append({
    actor,
    action: 'webhook.disable',
    resource: `webhook:${id}`,
    params: { reason },
  })
  return disabled
}
