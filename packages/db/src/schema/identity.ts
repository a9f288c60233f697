import { pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { bytes, moment } from './columns.ts'

/** Mirrors `migrations/`, which own the truth: constraints and indexes live there, next to their reasons. */
export const principals = pgTable('principals', {
  id: uuid().primaryKey(),
  kind: text().$type<'user' | 'agent'>().notNull(),
  email: text(),
  handle: text().notNull(),
  role: text().$type<'user' | 'admin'>(),
  ownerId: uuid('owner_id'),
  passwordHash: text('password_hash'),
  disabledAt: moment('disabled_at'),
  createdAt: moment('created_at').notNull().defaultNow(),
})

export const tokens = pgTable('tokens', {
  id: uuid().primaryKey(),
  principalId: uuid('principal_id').notNull(),
  creatorId: uuid('creator_id').notNull(),
  kind: text().$type<'session' | 'user' | 'agent'>().notNull(),
  name: text().notNull(),
  hash: bytes().notNull(),
  expiresAt: moment('expires_at'),
  revokedAt: moment('revoked_at'),
  createdAt: moment('created_at').notNull().defaultNow(),
})
