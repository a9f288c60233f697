import type {
  DeliveryStatus,
  DeliveryTry,
  SigningSecret,
  WebhookEvents,
} from '@countersign/core/webhooks/webhook'
import { bigint, boolean, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { jsonb, moment } from './columns.ts'

export const auditEntries = pgTable('audit_entries', {
  id: uuid().primaryKey(),
  at: moment('at').notNull(),
  actorId: text('actor_id').notNull(),
  actorKind: text('actor_kind').$type<'user' | 'agent' | 'system'>().notNull(),
  action: text().notNull(),
  resource: text().notNull(),
  params: jsonb().$type<Record<string, unknown>>().notNull(),
  seq: bigint({ mode: 'number' }),
  prevHash: text('prev_hash'),
  hash: text(),
})

export const events = pgTable('events', {
  id: uuid().primaryKey(),
  /** In the order of writing; `null` for what was written before positions were. */
  position: bigint({ mode: 'number' }),
  seq: bigint({ mode: 'number' }),
  type: text().notNull(),
  at: moment('at').notNull(),
  audienceId: uuid('audience_id'),
  isPublic: boolean('is_public').notNull(),
  workspaceId: uuid('workspace_id'),
  data: jsonb().$type<Record<string, unknown>>().notNull(),
})

export const webhooks = pgTable('webhooks', {
  id: uuid().primaryKey(),
  url: text().notNull(),
  events: text().array().$type<WebhookEvents[number][]>().notNull(),
  secrets: jsonb().$type<SigningSecret[]>().notNull(),
  createdBy: uuid('created_by').notNull(),
  createdAt: moment('created_at').notNull().defaultNow(),
  disabledAt: moment('disabled_at'),
  disabledReason: text('disabled_reason'),
  failingSince: moment('failing_since'),
})

export const webhookDeliveries = pgTable('webhook_deliveries', {
  id: uuid().primaryKey(),
  webhookId: uuid('webhook_id').notNull(),
  eventId: uuid('event_id').notNull(),
  eventType: text('event_type').notNull(),
  payload: jsonb().$type<Record<string, unknown>>().notNull(),
  status: text().$type<DeliveryStatus>().notNull().default('pending'),
  attempts: integer().notNull().default(0),
  dueAt: moment('due_at'),
  leaseId: uuid('lease_id'),
  responseStatus: integer('response_status'),
  error: text(),
  createdAt: moment('created_at').notNull().defaultNow(),
  deliveredAt: moment('delivered_at'),
  redeliveryOf: uuid('redelivery_of'),
  tries: jsonb().$type<DeliveryTry[]>().notNull().default([]),
})
