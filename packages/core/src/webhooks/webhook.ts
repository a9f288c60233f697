import type { Id } from '../ids.ts'
import type { EventType } from './event.ts'

/** What a webhook may ask for: types of events, or all of them. */
export const everyEvent = '*'
export type WebhookEvents = readonly (EventType | typeof everyEvent)[]

/** A secret that deliveries are signed with, until it expires. */
export interface SigningSecret {
  /** `whsec_` and base64. */
  secret: string
  expiresAt: string | null
}

/** An address that is told of events. */
export interface Webhook {
  id: Id
  url: string
  events: WebhookEvents
  /** Newest first. After a rotation the older one signs too, for a while. */
  secrets: readonly SigningSecret[]
  createdBy: Id
  createdAt: Date
  disabledAt: Date | null
  disabledReason: string | null
  /** Since when nothing has got through to it; `null` while things do. */
  failingSince: Date | null
}

export type DeliveryStatus = 'pending' | 'delivered' | 'failed' | 'cancelled'

/** What became of one try. */
export interface DeliveryTry {
  at: string
  durationMs: number
  responseStatus: number | null
  error: string | null
}

/** One event on its way to one webhook. */
export interface Delivery {
  id: Id
  webhookId: Id
  /** The same over all tries and redeliveries: by it the receiver knows what it has seen. */
  eventId: Id
  eventType: string
  payload: Readonly<Record<string, unknown>>
  status: DeliveryStatus
  attempts: number
  /** When it is tried next. */
  dueAt: Date | null
  responseStatus: number | null
  error: string | null
  /** Every try so far, oldest first. */
  tries: readonly DeliveryTry[]
  createdAt: Date
  deliveredAt: Date | null
  redeliveryOf: Id | null
}

/** Sent when somebody asks for it, to see whether a webhook hears. */
export const testEventType = 'webhook.test'
