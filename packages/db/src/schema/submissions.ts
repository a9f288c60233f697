import type { Capabilities, CapabilityDelta } from '@countersign/core/capabilities/capabilities'
import type { Severity, Tier } from '@countersign/core/guardrails/finding'
import type { Assessment } from '@countersign/core/reviews/assessment'
import type {
  HoldReason,
  Override,
  Proposed,
  Rescan,
  Review,
  StageStatuses,
  SubmissionStatus,
} from '@countersign/core/submissions/submission'
import {
  bigint,
  boolean,
  integer,
  numeric,
  pgTable,
  primaryKey,
  real,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import { jsonb, moment } from './columns.ts'

export const submissions = pgTable('submissions', {
  id: uuid().primaryKey(),
  entityId: uuid('entity_id').notNull(),
  n: integer().notNull(),
  status: text().$type<SubmissionStatus>().notNull(),
  holdReason: text('hold_reason').$type<HoldReason>(),
  revision: integer().notNull(),
  attempt: integer().notNull(),
  failures: integer().notNull(),
  dueAt: moment('due_at'),
  claims: integer().notNull(),
  leaseId: uuid('lease_id'),
  priority: smallint().notNull(),
  submitterId: uuid('submitter_id').notNull(),
  agentId: uuid('agent_id'),
  proposed: jsonb().$type<Proposed>().notNull(),
  slug: text().notNull(),
  versionHash: text('version_hash').notNull(),
  fileSize: bigint('file_size', { mode: 'number' }).notNull(),
  checks: jsonb().$type<StageStatuses>().notNull(),
  checksAttempt: integer('checks_attempt').notNull(),
  capabilities: jsonb().$type<Capabilities>().notNull(),
  capabilityDelta: jsonb('capability_delta').$type<CapabilityDelta>().notNull(),
  severity: text().$type<Severity>(),
  unaccounted: jsonb().$type<string[]>().notNull(),
  policyVersion: text('policy_version').notNull(),
  review: jsonb().$type<Review>(),
  override: jsonb().$type<Override>(),
  rescan: jsonb().$type<Rescan>(),
  bundlePurgedAt: moment('bundle_purged_at'),
  decidedAt: moment('decided_at'),
  createdAt: moment('created_at').notNull().defaultNow(),
  updatedAt: moment('updated_at').notNull().defaultNow(),
})

export const findings = pgTable(
  'findings',
  {
    submissionId: uuid('submission_id').notNull(),
    attempt: integer().notNull(),
    ordinal: integer().notNull(),
    stage: text().$type<'manifest' | 'static_security' | 'content' | 'quality'>().notNull(),
    ruleId: text('rule_id').notNull(),
    tier: text().$type<Tier>().notNull(),
    severity: text().$type<Severity>().notNull(),
    confidence: real().notNull(),
    category: text().notNull(),
    fingerprint: text().notNull(),
    file: text(),
    line: integer(),
    endLine: integer('end_line'),
    message: text().notNull(),
    snippet: text(),
    fixHint: text('fix_hint'),
    suppressedBy: uuid('suppressed_by'),
  },
  ({ submissionId, attempt, stage, ordinal }) => [
    primaryKey({ columns: [submissionId, attempt, stage, ordinal] }),
  ],
)

export const verdicts = pgTable(
  'verdicts',
  {
    contentHash: text('content_hash').notNull(),
    policyVersion: text('policy_version').notNull(),
    promptHash: text('prompt_hash').notNull(),
    model: text().notNull(),
    submissionId: uuid('submission_id').notNull(),
    review: jsonb().$type<Review>().notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  ({ contentHash, policyVersion, promptHash, model }) => [
    primaryKey({ columns: [contentHash, policyVersion, promptHash, model] }),
  ],
)

export const assignments = pgTable('assignments', {
  submissionId: uuid('submission_id').primaryKey(),
  principalId: uuid('principal_id').notNull(),
  takenAt: moment('taken_at').notNull().defaultNow(),
})

export const appeals = pgTable('appeals', {
  submissionId: uuid('submission_id').primaryKey(),
  askedAt: moment('asked_at').notNull().defaultNow(),
})

export const submissionTallies = pgTable('submission_tallies', {
  status: text().$type<SubmissionStatus>().notNull(),
  type: text().notNull(),
  isArchived: boolean('is_archived').notNull(),
  n: bigint({ mode: 'number' }).notNull(),
})

export const reviewCalls = pgTable('review_calls', {
  id: uuid().primaryKey(),
  submissionId: uuid('submission_id').notNull(),
  attempt: integer().notNull(),
  model: text().notNull(),
  requestId: text('request_id'),
  outcome: text().notNull(),
  inputTokens: integer('input_tokens').notNull(),
  outputTokens: integer('output_tokens').notNull(),
  cacheReadTokens: integer('cache_read_tokens').notNull(),
  costUsd: numeric('cost_usd', { precision: 12, scale: 6, mode: 'number' }).notNull(),
  durationMs: integer('duration_ms').notNull(),
  promptKey: text('prompt_key').notNull(),
  assessment: jsonb().$type<Assessment>(),
  at: moment('at').notNull().defaultNow(),
})
