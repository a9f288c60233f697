import type { EntityType, VisibilityStatus } from '@countersign/core/store/entity'
import type { FileEntry } from '@countersign/core/store/file-tree'
import { bigint, boolean, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { jsonb, moment } from './columns.ts'

export const entities = pgTable('entities', {
  id: uuid().primaryKey(),
  type: text().$type<EntityType>().notNull(),
  ownerId: uuid('owner_id').notNull(),
  name: text().notNull(),
  slug: text().notNull(),
  description: text().notNull(),
  category: text(),
  visibilityStatus: text('visibility_status').$type<VisibilityStatus>().notNull(),
  liveN: integer('live_n'),
  highestN: integer('highest_n').notNull(),
  revision: integer().notNull(),
  createdAt: moment('created_at').notNull().defaultNow(),
  updatedAt: moment('updated_at').notNull().defaultNow(),
})

export const slugClaims = pgTable('slug_claims', {
  slug: text().primaryKey(),
  entityId: uuid('entity_id').notNull(),
  isCurrent: boolean('is_current').notNull(),
})

export const versions = pgTable(
  'versions',
  {
    entityId: uuid('entity_id').notNull(),
    n: integer().notNull(),
    contentHash: text('content_hash').notNull(),
    restoredFrom: integer('restored_from'),
    authorVersion: text('author_version'),
    createdBy: uuid('created_by').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  ({ entityId, n }) => [primaryKey({ columns: [entityId, n] })],
)

export const renditions = pgTable(
  'renditions',
  {
    entityId: uuid('entity_id').notNull(),
    n: integer().notNull(),
    slug: text().notNull(),
    hash: text().notNull(),
    size: bigint({ mode: 'number' }).notNull(),
    files: jsonb().$type<FileEntry[]>().notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  ({ entityId, n, slug }) => [primaryKey({ columns: [entityId, n, slug] })],
)

export const blobs = pgTable('blobs', {
  hash: text().primaryKey(),
  touchedAt: moment('touched_at').notNull().defaultNow(),
})

export const installs = pgTable(
  'installs',
  {
    principalId: uuid('principal_id').notNull(),
    entityId: uuid('entity_id').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  ({ principalId, entityId }) => [primaryKey({ columns: [principalId, entityId] })],
)
