import { z } from 'zod'
import type { Capabilities, CapabilityDelta } from '../capabilities/capabilities.ts'
import type { Finding, Severity } from '../guardrails/finding.ts'
import type { CheckName } from '../guardrails/inspection.ts'
import type { Id } from '../ids.ts'
import type { RiskLevel } from '../reviews/assessment.ts'
import { defineStateMachine } from '../state-machine.ts'

const closed = {
  rescan: 'pending_llm',
  rescan_block: 'blocked_inline',
  delete: 'deleted',
} as const

/**
 * The life of a submission. Each row is a status; each entry, an event and where it leads.
 *
 * A rescan is the one way out of a status that is final for a job. `docs/generated/state-machines.md`
 * is drawn from this table.
 */
export const submissionMachine = defineStateMachine({
  pending_llm: {
    approve: 'approved',
    block: 'blocked_llm',
    fail: 'review_error',
    escalate: 'needs_human',
    withdraw: 'withdrawn',
    override: 'overridden',
    reject: 'rejected',
    retry: 'pending_llm',
    delete: 'deleted',
  },
  needs_human: {
    accept: 'approved',
    reject: 'rejected',
    withdraw: 'withdrawn',
    override: 'overridden',
    delete: 'deleted',
  },
  blocked_inline: { override: 'overridden', ...closed },
  blocked_llm: { override: 'overridden', retry: 'pending_llm', ...closed },
  review_error: {
    override: 'overridden',
    reject: 'rejected',
    retry: 'pending_llm',
    ...closed,
  },
  approved: closed,
  overridden: closed,
  rejected: closed,
  withdrawn: closed,
  deleted: {},
})

export const SubmissionStatus = z.enum(submissionMachine.statuses)
export type SubmissionStatus = z.infer<typeof SubmissionStatus>
export type SubmissionEvent = Parameters<typeof submissionMachine.after>[1]

/** The statuses of an open review: an entity has one at most. */
export const openStatuses = ['pending_llm', 'needs_human'] as const satisfies SubmissionStatus[]

/** The statuses whose version has passed, and may be served and restored. */
export const passedStatuses = ['approved', 'overridden'] as const satisfies SubmissionStatus[]

export const HoldReason = z.enum([
  'provider_not_ready',
  'rate_limited',
  'paused',
  'budget',
  'coverage',
  'policy',
])
export type HoldReason = z.infer<typeof HoldReason>

/** What an approval changes besides the version. */
export interface Proposed {
  name?: string
  slug?: string
  description?: string
  category?: string | null
}

export type StageStatuses = Record<CheckName, 'pass' | 'warn' | 'fail'>

/** What the model made of a version, and what it had read when it did. */
export interface Review {
  riskLevel: RiskLevel | null
  summary: string
  findings: Finding[]
  contentQuality: {
    verdict: 'pass' | 'fail'
    issues: { file: string; field: string; issue: string; hint: string }[]
  } | null
  model: string | null
  promptHash: string | null
  policyVersion: string
  coverage: { bytes: number; covered: number; files: CoveredFile[] }
  usage: { inputTokens: number; outputTokens: number; cacheReadTokens: number; costUsd: number }
  attempts: number
  /** The submission whose verdict on the same bytes this is. */
  reusedFrom: Id | null
  /** Why there is no verdict, in words for the submitter. */
  error: string | null
}

export interface CoveredFile {
  path: string
  bytes: number
  covered: number
}

export interface Override {
  by: Id
  reason: string
  at: string
  priorStatus: SubmissionStatus
}

export interface Rescan {
  hideOnFail: boolean
  priorStatus: SubmissionStatus
}

/** One bundle offered as a version of an entity, and its review. The findings are kept beside it. */
export interface Submission {
  id: Id
  entityId: Id
  n: number
  status: SubmissionStatus
  holdReason: HoldReason | null
  revision: number
  attempt: number
  failures: number
  dueAt: Date | null
  /** How often somebody took it up. */
  claims: number
  leaseId: Id | null
  priority: number
  submitterId: Id
  agentId: Id | null
  proposed: Proposed
  slug: string
  versionHash: string
  fileSize: number
  checks: StageStatuses
  /** The attempt that ran the checks: a retry asks the model anew, and only it. */
  checksAttempt: number
  capabilities: Capabilities
  capabilityDelta: CapabilityDelta
  severity: Severity | null
  /** Files that no check could account for: the model cannot read them, so a person must. */
  unaccounted: string[]
  /** The version of the rules that the checks are from. */
  policyVersion: string
  review: Review | null
  override: Override | null
  rescan: Rescan | null
  bundlePurgedAt: Date | null
  decidedAt: Date | null
  createdAt: Date
  updatedAt: Date
}

/** Who acts next on a submission. */
export type WaitingOn = 'reviewer' | 'admin' | 'submitter' | 'operator' | null

/** Tells who acts next, so that nobody waits for somebody who waits for them. */
export function findWaitingOn({
  status,
  holdReason,
}: Pick<Submission, 'status' | 'holdReason'>): WaitingOn {
  switch (status) {
    case 'pending_llm':
      return holdReason && holdReason !== 'rate_limited' ? 'operator' : 'reviewer'
    case 'needs_human':
    case 'review_error':
      return 'admin'
    case 'blocked_inline':
    case 'blocked_llm':
    case 'rejected':
      return 'submitter'
    default:
      return null
  }
}
