import { Severity } from '@countersign/core/guardrails/finding'
import { Id } from '@countersign/core/ids'
import type { SubmissionDetail } from '@countersign/core/reads'
import { RiskLevel } from '@countersign/core/reviews/assessment'
import { EntityType } from '@countersign/core/store/entity'
import {
  findWaitingOn,
  HoldReason,
  type Review,
  SubmissionStatus,
} from '@countersign/core/submissions/submission'
import { z } from 'zod'
import { CapabilitiesView, CapabilityDeltaView, viewCapabilityDelta } from './capabilities.ts'
import { ChecksView, FindingView, viewChecks, viewFinding } from './finding.ts'
import { Moment, viewMoment } from './page.ts'
import { ThreadView } from './thread.ts'

const ContentQualityView = z.object({
  verdict: z.enum(['pass', 'fail']),
  issues: z.array(
    z.object({ file: z.string(), field: z.string(), issue: z.string(), hint: z.string() }),
  ),
})

/** What the model made of a version, and what it had read when it did. */
export const ReviewView = z
  .object({
    risk_level: RiskLevel.nullable(),
    summary: z.string(),
    findings: z.array(FindingView),
    content_quality: ContentQualityView.nullable(),
    model: z.string().nullable(),
    prompt_hash: z.string().nullable(),
    policy_version: z.string(),
    coverage: z.object({
      bytes: z.int(),
      covered: z.int(),
      files: z.array(z.object({ path: z.string(), bytes: z.int(), covered: z.int() })),
    }),
    usage: z.object({
      input_tokens: z.int(),
      output_tokens: z.int(),
      cache_read_tokens: z.int(),
      cost_usd: z.number(),
    }),
    attempts: z.int(),
    reused_from: Id.nullable(),
    error: z.string().nullable(),
  })
  .meta({ id: 'Review' })
export type ReviewView = z.infer<typeof ReviewView>

export function viewReview(review: Review): ReviewView {
  const { usage } = review
  return {
    risk_level: review.riskLevel,
    summary: review.summary,
    findings: review.findings.map(viewFinding),
    content_quality: review.contentQuality,
    model: review.model,
    prompt_hash: review.promptHash,
    policy_version: review.policyVersion,
    coverage: review.coverage,
    usage: {
      input_tokens: usage.inputTokens,
      output_tokens: usage.outputTokens,
      cache_read_tokens: usage.cacheReadTokens,
      cost_usd: usage.costUsd,
    },
    attempts: review.attempts,
    reused_from: review.reusedFrom,
    error: review.error,
  }
}

/** One request to have a version reviewed. Its `status` is the verdict; `revision` is its ETag. */
export const SubmissionView = z
  .object({
    id: Id,
    revision: z.int(),
    entity_id: Id,
    version_no: z.int().describe('The version it is about.'),
    entity_version_no: z.int().nullable().describe('The version that is live.'),
    type: EntityType,
    name: z.string(),
    version_hash: z.string(),
    content_hash: z
      .string()
      .describe('Without the name and the number that are baked in: the same for the same bytes.'),
    file_size: z.int(),
    submitter: z.object({ id: Id, email: z.string().nullable() }),
    status: SubmissionStatus,
    hold_reason: HoldReason.nullable(),
    waiting_on: z.enum(['reviewer', 'admin', 'submitter', 'operator']).nullable(),
    severity: Severity.nullable().describe('The worst of its findings.'),
    checks: ChecksView,
    capabilities: CapabilitiesView,
    capability_delta: CapabilityDeltaView,
    review: ReviewView.nullable(),
    override: z
      .object({ by: Id, reason: z.string(), at: Moment, prior_status: SubmissionStatus })
      .nullable(),
    claimed_by: z
      .object({ id: Id, handle: z.string() })
      .nullable()
      .describe('The admin who is reading it. It keeps nobody else from deciding.'),
    appealed_at: Moment.nullable().describe(
      'When its submitter answered to the refusal, if no admin has answered or decided since.',
    ),
    bundle_purged_at: Moment.nullable(),
    created_at: Moment,
    decided_at: Moment.nullable(),
  })
  .meta({ id: 'Submission' })
export type SubmissionView = z.infer<typeof SubmissionView>

/** A submission as whoever sent it reads it: with the reasons that people gave. */
export const OwnSubmissionView = SubmissionView.extend({ thread: ThreadView }).meta({
  id: 'OwnSubmission',
})
export type OwnSubmissionView = z.infer<typeof OwnSubmissionView>

export function viewSubmission(detail: SubmissionDetail): SubmissionView {
  const { submission, entity, submitter, assignee, contentHash, checks } = detail
  return {
    id: submission.id,
    revision: submission.revision,
    entity_id: submission.entityId,
    version_no: submission.n,
    entity_version_no: entity.liveN,
    type: entity.type,
    name: submission.proposed.name ?? entity.name,
    version_hash: submission.versionHash,
    content_hash: contentHash,
    file_size: submission.fileSize,
    submitter,
    status: submission.status,
    hold_reason: submission.holdReason,
    waiting_on: findWaitingOn(submission),
    severity: submission.severity,
    checks: viewChecks(checks),
    capabilities: submission.capabilities,
    capability_delta: viewCapabilityDelta(submission.capabilityDelta),
    review: submission.review && viewReview(submission.review),
    override: viewOverride(submission.override),
    claimed_by: assignee,
    appealed_at: viewMoment(detail.appealedAt),
    bundle_purged_at: viewMoment(submission.bundlePurgedAt),
    created_at: viewMoment(submission.createdAt),
    decided_at: viewMoment(submission.decidedAt),
  }
}

function viewOverride(override: SubmissionDetail['submission']['override']) {
  if (!override) return null
  const { priorStatus, ...same } = override
  return { ...same, prior_status: priorStatus }
}
