import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { moment } from './columns.ts'

export const reviewBatches = pgTable('review_batches', {
  id: uuid().primaryKey(),
  providerId: text('provider_id'),
  model: text().notNull(),
  failures: integer().notNull(),
  dueAt: moment('due_at'),
  leaseId: uuid('lease_id'),
  error: text(),
  createdAt: moment('created_at').notNull().defaultNow(),
  submittedAt: moment('submitted_at'),
  endedAt: moment('ended_at'),
})

export const reviewBatchItems = pgTable(
  'review_batch_items',
  {
    submissionId: uuid('submission_id').notNull(),
    attempt: integer().notNull(),
    batchId: uuid('batch_id'),
    createdAt: moment('created_at').notNull().defaultNow(),
    releasedAt: moment('released_at'),
  },
  ({ submissionId, attempt }) => [primaryKey({ columns: [submissionId, attempt] })],
)
