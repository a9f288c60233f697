import { actorOf, type Caller, requireAdmin } from '../identity/caller.ts'
import { newId } from '../ids.ts'
import type { Ports } from '../ports.ts'
import { chooseSigningSecret } from './signing-secret.ts'
import type { Webhook, WebhookEvents } from './webhook.ts'

/** Adds an address that is told of events from here on. Its secret is given back this once. */
export async function createWebhook(
  { transact, webhookSender }: Pick<Ports, 'transact' | 'webhookSender'>,
  request: { caller: Caller; url: string; events: WebhookEvents; secret?: string | undefined },
): Promise<{ webhook: Webhook; secret: string }> {
  const { caller, url, events } = request
  requireAdmin(caller)
  const secret = chooseSigningSecret(request.secret)
  await webhookSender.requireSafe(url)
  const webhook = await transact(async (store) => {
    const secrets = [{ secret, expiresAt: null }]
    const webhook = await store.webhooks.insert({
      id: newId(),
      url,
      events,
      secrets,
      createdBy: caller.id,
    })
    await store.audit.append({
      actor: actorOf(caller),
      action: 'webhook.create',
      resource: `webhook:${webhook.id}`,
      params: { host: new URL(url).host, events: [...events] },
    })
    return webhook
  })
  return { webhook, secret }
}
