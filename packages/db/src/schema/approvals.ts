import type {
  AuthorizedBy,
  ExecutionStatus,
} from '@countersign/core/approvals/executions/execution'
import type { GrantEffect, GrantKind } from '@countersign/core/approvals/grants/grant'
import type {
  ActionAssessment,
  ApprovalReview,
} from '@countersign/core/approvals/reviews/approval-review'
import type { ApprovalMode } from '@countersign/core/approvals/sessions/approval-mode'
import type { Sandbox } from '@countersign/core/approvals/sessions/sandbox'
import type { TurnStatus } from '@countersign/core/approvals/sessions/turn'
import type {
  ApprovalStatus,
  Stage,
  VoteVerdict,
} from '@countersign/core/approvals/tickets/approval'
import {
  boolean,
  integer,
  json,
  numeric,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import { jsonb, moment } from './columns.ts'

export const approvals = pgTable('approvals', {
  id: uuid().primaryKey(),
  workspaceId: uuid('workspace_id').notNull(),
  action: text().notNull(),
  context: json().$type<Record<string, unknown>>().notNull(),
  requestHash: text('request_hash').notNull(),
  reason: text().notNull().default(''),
  requesterId: uuid('requester_id').notNull(),
  sessionId: uuid('session_id'),
  turnId: uuid('turn_id'),
  votesNeeded: smallint('votes_needed').notNull().default(1),
  barsOwner: boolean('bars_owner').notNull().default(true),
  useTtlS: integer('use_ttl_s').notNull().default(900),
  status: text().$type<ApprovalStatus>().notNull().default('pending'),
  stage: text().$type<Stage>().notNull().default('human'),
  version: integer().notNull().default(1),
  createdAt: moment('created_at').notNull().defaultNow(),
  expiresAt: moment('expires_at').notNull(),
  decidedAt: moment('decided_at'),
  decidedBy: text('decided_by'),
  decisionReason: text('decision_reason'),
  useExpiresAt: moment('use_expires_at'),
  consumedAt: moment('consumed_at'),
  consumedBy: uuid('consumed_by'),
  reviewDueAt: moment('review_due_at'),
  reviewLeaseId: uuid('review_lease_id'),
  reviewClaims: integer('review_claims').notNull().default(0),
  review: jsonb().$type<ApprovalReview>(),
  confirmId: text('confirm_id'),
  requesterLabel: text('requester_label'),
  sessionKey: text('session_key'),
  resolvedLabel: text('resolved_label'),
})

export const approvalCoRequesters = pgTable(
  'approval_co_requesters',
  {
    approvalId: uuid('approval_id').notNull(),
    principalId: uuid('principal_id').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  ({ approvalId, principalId }) => [primaryKey({ columns: [approvalId, principalId] })],
)

export const approvalVotes = pgTable(
  'approval_votes',
  {
    approvalId: uuid('approval_id').notNull(),
    principalId: uuid('principal_id').notNull(),
    verdict: text().$type<VoteVerdict>().notNull(),
    comment: text().notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  ({ approvalId, principalId }) => [primaryKey({ columns: [approvalId, principalId] })],
)

export const approvalReviews = pgTable('approval_reviews', {
  id: uuid().primaryKey(),
  approvalId: uuid('approval_id').notNull(),
  model: text().notNull(),
  requestId: text('request_id'),
  outcome: text().notNull(),
  inputTokens: integer('input_tokens').notNull(),
  outputTokens: integer('output_tokens').notNull(),
  cacheReadTokens: integer('cache_read_tokens').notNull(),
  costUsd: numeric('cost_usd', { precision: 12, scale: 6, mode: 'number' }).notNull(),
  durationMs: integer('duration_ms').notNull(),
  assessment: jsonb().$type<ActionAssessment>(),
  at: moment('at').notNull().defaultNow(),
})

export const executions = pgTable('executions', {
  id: uuid().primaryKey(),
  workspaceId: uuid('workspace_id').notNull(),
  action: text().notNull(),
  requestHash: text('request_hash').notNull(),
  principalId: uuid('principal_id').notNull(),
  authorizedBy: text('authorized_by').$type<AuthorizedBy>().notNull(),
  approvalId: uuid('approval_id'),
  grantId: uuid('grant_id'),
  status: text().$type<ExecutionStatus>().notNull().default('started'),
  leaseExpiresAt: moment('lease_expires_at').notNull(),
  startedAt: moment('started_at').notNull().defaultNow(),
  finishedAt: moment('finished_at'),
  error: text(),
})

export const grants = pgTable('grants', {
  id: uuid().primaryKey(),
  kind: text().$type<GrantKind>().notNull(),
  effect: text().$type<GrantEffect>().notNull(),
  workspaceId: uuid('workspace_id').notNull(),
  action: text().notNull(),
  sessionId: uuid('session_id'),
  sessionKey: text('session_key'),
  requestHash: text('request_hash'),
  maxUses: integer('max_uses'),
  uses: integer().notNull().default(0),
  createdBy: uuid('created_by').notNull(),
  createdAt: moment('created_at').notNull().defaultNow(),
  expiresAt: moment('expires_at').notNull(),
  revokedAt: moment('revoked_at'),
  revokedBy: uuid('revoked_by'),
})

export const workspaces = pgTable('workspaces', {
  id: uuid().primaryKey(),
  parentId: uuid('parent_id'),
  name: text().notNull(),
  maxMode: text('max_mode').$type<ApprovalMode>(),
  createdBy: uuid('created_by'),
  createdAt: moment('created_at').notNull().defaultNow(),
  deletedAt: moment('deleted_at'),
})

export const workspaceMembers = pgTable(
  'workspace_members',
  {
    workspaceId: uuid('workspace_id').notNull(),
    principalId: uuid('principal_id').notNull(),
    canDecide: boolean('can_decide').notNull(),
    addedBy: uuid('added_by'),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  ({ workspaceId, principalId }) => [primaryKey({ columns: [workspaceId, principalId] })],
)

export const sessions = pgTable('sessions', {
  id: uuid().primaryKey(),
  workspaceId: uuid('workspace_id').notNull(),
  principalId: uuid('principal_id').notNull(),
  personId: uuid('person_id').notNull(),
  forkedFromId: uuid('forked_from_id'),
  approvalMode: text('approval_mode').$type<ApprovalMode>().notNull(),
  sandbox: jsonb().$type<Sandbox>().notNull(),
  restore: jsonb().$type<{ approvalMode: ApprovalMode; sandbox: Sandbox }>(),
  bypassExpiresAt: moment('bypass_expires_at'),
  reviewSuspendedAt: moment('review_suspended_at'),
  status: text().$type<'active' | 'archived'>().notNull().default('active'),
  version: integer().notNull().default(1),
  createdAt: moment('created_at').notNull().defaultNow(),
})

export const turns = pgTable('turns', {
  id: uuid().primaryKey(),
  sessionId: uuid('session_id').notNull(),
  n: integer().notNull(),
  approvalMode: text('approval_mode').$type<ApprovalMode>().notNull(),
  sandbox: jsonb().$type<Sandbox>().notNull(),
  overridden: boolean().notNull(),
  status: text().$type<TurnStatus>().notNull().default('running'),
  startedAt: moment('started_at').notNull().defaultNow(),
  endedAt: moment('ended_at'),
})
