import { PageQuery, pageOf, viewPage } from '@countersign/contract/page'
import {
  DeliveryView,
  NewWebhookView,
  RotationBody,
  viewDelivery,
  viewWebhook,
  WebhookBody,
  WebhookPatchBody,
  WebhookView,
} from '@countersign/contract/telling/webhook'
import { ServiceError } from '@countersign/core/errors'
import { Id } from '@countersign/core/ids'
import { createWebhook } from '@countersign/core/webhooks/create-webhook'
import { deleteWebhook } from '@countersign/core/webhooks/delete-webhook'
import { redeliverEvent } from '@countersign/core/webhooks/redeliver-event'
import { rotateSecret } from '@countersign/core/webhooks/rotate-secret'
import { testWebhook } from '@countersign/core/webhooks/test-webhook'
import { updateWebhook } from '@countersign/core/webhooks/update-webhook'
import { z } from 'zod'
import type { Services } from '../../compose.ts'
import type { Api } from '../../router.ts'

const root = '/api/admin/webhooks'
const tags = ['webhooks']
const params = z.object({ id: Id })
const config = { access: 'admin', gate: 'none' } as const
const repeatable = { ...config, isRepeatable: true } as const

/** The addresses that are told of events. */
export function webhookRoutes(app: Api, services: Services): void {
  collectionRoutes(app, services)
  itemRoutes(app, services)
  secretAndTestRoutes(app, services)
  deliveryRoutes(app, services)
}

function collectionRoutes(app: Api, services: Services): void {
  app.get(root, {
    config,
    schema: {
      summary: 'List the webhooks',
      tags,
      querystring: PageQuery,
      response: { 200: pageOf(WebhookView) },
    },
    handler: async ({ query }) => {
      return viewPage(await services.reads.listWebhooks(query), viewWebhook)
    },
  })

  app.post(root, {
    config: repeatable,
    schema: {
      summary: 'Add a webhook',
      description:
        'Deliveries are signed by Standard Webhooks and tried over 24 h. Their body is the event.',
      tags,
      body: WebhookBody,
      response: { 201: NewWebhookView },
    },
    handler: async ({ caller, body }, reply) => {
      const { webhook, secret } = await createWebhook(services, { caller, ...body })
      void reply.code(201).header('location', `${root}/${webhook.id}`)
      return { ...viewWebhook(webhook), secret }
    },
  })
}

function itemRoutes(app: Api, services: Services): void {
  app.get(`${root}/:id`, {
    config,
    schema: {
      summary: 'Show a webhook',
      tags,
      params,
      response: { 200: WebhookView },
    },
    handler: async ({ params: { id } }) => viewWebhook(await findWebhook(services, id)),
  })

  app.patch(`${root}/:id`, {
    config,
    schema: {
      summary: 'Change where a webhook is, what it is told, or disable it',
      tags,
      params,
      body: WebhookPatchBody,
      response: { 200: WebhookView },
    },
    handler: async ({ caller, params: { id }, body: patch }) =>
      viewWebhook(await updateWebhook(services, { caller, webhookId: id, patch })),
  })

  app.delete(`${root}/:id`, {
    config,
    schema: {
      summary: 'Remove a webhook',
      tags,
      params,
      response: { 204: z.null() },
    },
    handler: async ({ caller, params: { id } }, reply) => {
      await deleteWebhook(services, { caller, webhookId: id })
      return reply.code(204).send(null)
    },
  })
}

function secretAndTestRoutes(app: Api, services: Services): void {
  app.post(`${root}/:id/rotate-secret`, {
    config: repeatable,
    schema: {
      summary: 'Give a webhook another secret; the one before signs for another 24 h',
      tags,
      params,
      body: RotationBody,
      response: { 200: NewWebhookView },
    },
    handler: async ({ caller, params: { id }, body }) => {
      const rotated = await rotateSecret(services, { caller, webhookId: id, ...body })
      return { ...viewWebhook(rotated.webhook), secret: rotated.secret }
    },
  })

  app.post(`${root}/:id/test`, {
    config: repeatable,
    schema: {
      summary: 'Send a webhook an event that was made for it',
      tags,
      params,
      response: { 202: DeliveryView },
    },
    handler: async ({ caller, params: { id } }, reply) => {
      const delivery = await testWebhook(services, { caller, webhookId: id })
      return reply.code(202).send(viewDelivery(delivery))
    },
  })
}

function deliveryRoutes(app: Api, services: Services): void {
  app.get(`${root}/:id/deliveries`, {
    config,
    schema: {
      summary: 'List what a webhook was told, and what it answered',
      tags,
      params,
      querystring: PageQuery,
      response: { 200: pageOf(DeliveryView) },
    },
    handler: async ({ params: { id }, query }) => {
      await findWebhook(services, id)
      return viewPage(await services.reads.listDeliveries(id, query), viewDelivery)
    },
  })

  app.post(`${root}/:id/deliveries/:delivery_id/redeliver`, {
    config: repeatable,
    schema: {
      summary: 'Tell a webhook of an event once more',
      tags,
      params: params.extend({ delivery_id: Id }),
      response: { 202: DeliveryView },
    },
    handler: async ({ caller, params: { id, delivery_id: deliveryId } }, reply) => {
      const target = { caller, webhookId: id, deliveryId }
      return reply.code(202).send(viewDelivery(await redeliverEvent(services, target)))
    },
  })
}

async function findWebhook({ store }: Services, id: Id) {
  const webhook = await store.webhooks.find(id)
  if (!webhook) throw new ServiceError('not_found')
  return webhook
}
