import type {
  DeliveryView,
  NewWebhookView,
  WebhookView,
} from '@countersign/contract/telling/webhook'
import type { Page, PageQuery } from './page.ts'
import { type Connection, sendJson } from './request.ts'

const root = '/api/admin/webhooks'

/** Who is told of events, and what became of telling them. For admins. */
export function webhookApi(connection: Connection) {
  const at = (id: string, ...rest: string[]) =>
    [root, ...[id, ...rest].map(encodeURIComponent)].join('/')

  return {
    list: (query: PageQuery = {}) =>
      sendJson<Page<WebhookView>>(connection, 'GET', root, { query: { ...query } }),
    create: (body: { url: string; events: string[]; secret?: string }) =>
      sendJson<NewWebhookView>(connection, 'POST', root, { body }),
    get: (id: string) => sendJson<WebhookView>(connection, 'GET', at(id)),
    update: (id: string, body: { url?: string; events?: string[]; disabled?: boolean }) =>
      sendJson<WebhookView>(connection, 'PATCH', at(id), { body }),
    delete: (id: string) => sendJson<void>(connection, 'DELETE', at(id)),
    rotateSecret: (id: string, body: { secret?: string } = {}) =>
      sendJson<NewWebhookView>(connection, 'POST', at(id, 'rotate-secret'), { body }),
    test: (id: string) => sendJson<DeliveryView>(connection, 'POST', at(id, 'test')),
    deliveries: (id: string, query: PageQuery = {}) =>
      sendJson<Page<DeliveryView>>(connection, 'GET', at(id, 'deliveries'), {
        query: { ...query },
      }),
    redeliver: (id: string, deliveryId: string) =>
      sendJson<DeliveryView>(connection, 'POST', at(id, 'deliveries', deliveryId, 'redeliver')),
  }
}
