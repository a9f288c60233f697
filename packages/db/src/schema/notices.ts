import type { NoticeStatus } from '@countersign/core/notices/notice'
import type { EventType } from '@countersign/core/webhooks/event'
import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { bytes, jsonb, moment } from './columns.ts'

export const notices = pgTable('notices', {
  id: uuid().primaryKey(),
  eventId: uuid('event_id').notNull(),
  eventType: text('event_type').$type<EventType>().notNull(),
  data: jsonb().$type<Record<string, unknown>>().notNull(),
  audienceId: uuid('audience_id'),
  workspaceId: uuid('workspace_id'),
  status: text().$type<NoticeStatus>().notNull(),
  attempts: integer().notNull(),
  dueAt: moment('due_at'),
  leaseId: uuid('lease_id'),
  createdAt: moment('created_at').notNull(),
})

export const noticeMessages = pgTable(
  'notice_messages',
  {
    noticeId: uuid('notice_id').notNull(),
    channel: text().notNull(),
    target: text().notNull(),
    subject: text().notNull(),
    ref: text(),
    shown: integer().notNull().default(0),
    sentAt: moment('sent_at').notNull().defaultNow(),
  },
  ({ noticeId, channel, target }) => [primaryKey({ columns: [noticeId, channel, target] })],
)

export const answerTokens = pgTable('answer_tokens', {
  tokenHash: bytes('token_hash').primaryKey(),
  approvalId: uuid('approval_id').notNull(),
  channel: text().notNull(),
  target: text().notNull(),
  principalId: uuid('principal_id'),
  expiresAt: moment('expires_at').notNull(),
})

export const channelIdentities = pgTable(
  'channel_identities',
  {
    channel: text().$type<'telegram'>().notNull(),
    externalUser: text('external_user').notNull(),
    principalId: uuid('principal_id').notNull(),
    addedBy: uuid('added_by').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  ({ channel, externalUser }) => [primaryKey({ columns: [channel, externalUser] })],
)
