import { ServiceError } from '../errors.ts'
import { actorOf, type Caller, requireAdmin } from '../identity/caller.ts'
import type { Id } from '../ids.ts'
import type { Ports } from '../ports.ts'
import { chooseSigningSecret, rotateSecrets } from './signing-secret.ts'
import type { Webhook } from './webhook.ts'

/** Gives a webhook another secret, which is shown this once. The one before signs for another day. */
export async function rotateSecret(
  { transact }: Pick<Ports, 'transact'>,
  request: { caller: Caller; webhookId: Id; secret?: string | undefined },
): Promise<{ webhook: Webhook; secret: string }> {
  const { caller, webhookId } = request
  requireAdmin(caller)
  const secret = chooseSigningSecret(request.secret)
  const webhook = await transact(async (store) => {
    const current = await store.webhooks.lock(webhookId)
    if (!current) throw new ServiceError('not_found')
    const secrets = rotateSecrets(current.secrets, secret, new Date())
    await store.audit.append({
      actor: actorOf(caller),
      action: 'webhook.rotate_secret',
      resource: `webhook:${webhookId}`,
      params: {},
    })
    return store.webhooks.update(webhookId, { secrets })
  })
  if (!webhook) throw new ServiceError('not_found')
  return { webhook, secret }
}
