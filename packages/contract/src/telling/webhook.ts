import { Id } from '@countersign/core/ids'
import { eventTypes } from '@countersign/core/webhooks/event'
import { type Delivery, everyEvent, type Webhook } from '@countersign/core/webhooks/webhook'
import { z } from 'zod'
import { Moment, viewMoment } from '../page.ts'

const Events = z
  .array(z.enum([...eventTypes, everyEvent]))
  .min(1)
  .max(eventTypes.length + 1)
  .transform((events) => [...new Set(events)])
  .describe('Types of events; `*` for all.')
const Url = z.url({ protocol: /^https?$/ }).max(2000)
const Secret = z
  .string()
  .max(200)
  .describe('`whsec_` and base64 of 16 to 64 bytes. By default one is made.')

export const WebhookBody = z.object({ url: Url, events: Events, secret: Secret.optional() })

export const WebhookPatchBody = z
  .strictObject({
    url: Url.optional(),
    events: Events.optional(),
    disabled: z.boolean().optional(),
  })
  .refine((patch) => Object.keys(patch).length > 0, 'names nothing to change')

export const RotationBody = z.object({ secret: Secret.optional() }).default({})

export const WebhookView = z
  .object({
    id: Id,
    url: z.string(),
    events: z.array(z.string()),
    disabled: z.boolean(),
    disabled_reason: z.string().nullable(),
    created_by: Id,
    created_at: Moment,
  })
  .meta({ id: 'Webhook' })
export type WebhookView = z.infer<typeof WebhookView>

export const NewWebhookView = WebhookView.extend({
  secret: z.string().describe('Signs every delivery, by Standard Webhooks. Shown this once.'),
}).meta({ id: 'NewWebhook' })
export type NewWebhookView = z.infer<typeof NewWebhookView>

export const DeliveryView = z
  .object({
    id: Id,
    webhook_id: Id,
    event_id: Id.describe('The `webhook-id` of every try and redelivery.'),
    event_type: z.string(),
    payload: z.record(z.string(), z.unknown()),
    status: z.enum(['pending', 'delivered', 'failed', 'cancelled']),
    attempts: z.int(),
    next_attempt_at: Moment.nullable(),
    response_status: z.int().nullable(),
    error: z.string().nullable(),
    tries: z.array(
      z.object({
        at: Moment,
        duration_ms: z.int(),
        response_status: z.int().nullable(),
        error: z.string().nullable(),
      }),
    ),
    redelivery_of: Id.nullable(),
    created_at: Moment,
    delivered_at: Moment.nullable(),
  })
  .meta({ id: 'Delivery' })
export type DeliveryView = z.infer<typeof DeliveryView>

export function viewWebhook(webhook: Webhook): WebhookView {
  const { id, url, events, disabledAt, disabledReason, createdBy, createdAt } = webhook
  return {
    id,
    url,
    events: [...events],
    disabled: disabledAt !== null,
    disabled_reason: disabledReason,
    created_by: createdBy,
    created_at: viewMoment(createdAt),
  }
}

export function viewDelivery(delivery: Delivery): DeliveryView {
  const { id, status, attempts, error, payload, tries } = delivery
  return {
    id,
    status,
    attempts,
    error,
    payload,
    webhook_id: delivery.webhookId,
    event_id: delivery.eventId,
    event_type: delivery.eventType,
    next_attempt_at: viewMoment(delivery.dueAt),
    response_status: delivery.responseStatus,
    tries: tries.map((each) => ({
      at: each.at,
      duration_ms: each.durationMs,
      response_status: each.responseStatus,
      error: each.error,
    })),
    redelivery_of: delivery.redeliveryOf,
    created_at: viewMoment(delivery.createdAt),
    delivered_at: viewMoment(delivery.deliveredAt),
  }
}
