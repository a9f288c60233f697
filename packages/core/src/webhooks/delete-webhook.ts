import { ServiceError } from '../errors.ts'
import { actorOf, type Caller, requireAdmin } from '../identity/caller.ts'
import type { Id } from '../ids.ts'
import type { Ports } from '../ports.ts'

/** Removes a webhook with its deliveries. What it was sent stands in the audit no more than before. */
export async function deleteWebhook(
  { transact }: Pick<Ports, 'transact'>,
  { caller, webhookId }: { caller: Caller; webhookId: Id },
): Promise<void> {
  requireAdmin(caller)
  await transact(async (store) => {
    if (!(await store.webhooks.delete(webhookId))) throw new ServiceError('not_found')
    await store.audit.append({
      actor: actorOf(caller),
      action: 'webhook.delete',
      resource: `webhook:${webhookId}`,
      params: {},
    })
  })
}
