import { ServiceError } from '../errors.ts'
import { actorOf, type Caller, requireAdmin } from '../identity/caller.ts'
import type { Id } from '../ids.ts'
import type { Ports } from '../ports.ts'
import { disableWebhook } from './disable-webhook.ts'
import type { Webhook, WebhookEvents } from './webhook.ts'

export interface WebhookPatch {
  url?: string | undefined
  events?: WebhookEvents | undefined
  disabled?: boolean | undefined
}

/** Changes where a webhook is, what it is told, or whether it is told anything. */
export async function updateWebhook(
  { transact, webhookSender }: Pick<Ports, 'transact' | 'webhookSender'>,
  { caller, webhookId, patch }: { caller: Caller; webhookId: Id; patch: WebhookPatch },
): Promise<Webhook> {
  requireAdmin(caller)
  if (patch.url !== undefined) await webhookSender.requireSafe(patch.url)
  const actor = actorOf(caller)
  return transact(async (store) => {
    const { url, events } = patch
    const reason = patch.disabled === false ? { disabledReason: null } : {}
    const updated = await store.webhooks.update(webhookId, { url, events, ...reason })
    if (!updated) throw new ServiceError('not_found')
    await store.audit.append({
      actor,
      action: 'webhook.update',
      resource: `webhook:${webhookId}`,
      params: describePatch(patch),
    })
    if (!patch.disabled) return updated
    return (await disableWebhook(store, updated, 'An admin disabled it.', actor)) ?? updated
  })
}

/** What the audit says of a change: of the address only the host, for the path may be a secret. */
function describePatch({ url, events, disabled }: WebhookPatch): Record<string, unknown> {
  return {
    ...(url !== undefined && { host: new URL(url).host }),
    ...(events !== undefined && { events: [...events] }),
    ...(disabled !== undefined && { disabled }),
  }
}
