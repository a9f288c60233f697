import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { bytes, jsonb, moment } from './columns.ts'

export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    principalId: uuid('principal_id').notNull(),
    key: text().notNull(),
    method: text().notNull(),
    path: text().notNull(),
    requestHash: text('request_hash').notNull(),
    responseStatus: integer('response_status'),
    responseHeaders: jsonb('response_headers').$type<Record<string, string>>(),
    responseBody: bytes('response_body'),
    startedAt: moment('started_at').notNull().defaultNow(),
    leaseUntil: moment('lease_until').notNull(),
    leaseId: uuid('lease_id').notNull(),
  },
  ({ principalId, key }) => [primaryKey({ columns: [principalId, key] })],
)

export const workers = pgTable('workers', {
  id: uuid().primaryKey(),
  host: text().notNull(),
  pid: integer().notNull(),
  startedAt: moment('started_at').notNull().defaultNow(),
  seenAt: moment('seen_at').notNull().defaultNow(),
  active: integer().notNull(),
  concurrency: integer().notNull(),
})

export const settings = pgTable('settings', {
  key: text().primaryKey(),
  value: jsonb().notNull(),
  updatedAt: moment('updated_at').notNull().defaultNow(),
  updatedBy: uuid('updated_by'),
})

export const suppressions = pgTable('suppressions', {
  id: uuid().primaryKey(),
  ruleId: text('rule_id').notNull(),
  entityId: uuid('entity_id').notNull(),
  fileSha256: text('file_sha256'),
  fingerprint: text(),
  reason: text().notNull(),
  createdBy: uuid('created_by').notNull(),
  createdAt: moment('created_at').notNull().defaultNow(),
  expiresAt: moment('expires_at').notNull(),
  revokedAt: moment('revoked_at'),
  revokedBy: uuid('revoked_by'),
})
