import { ServiceError } from '../../errors.ts'
import { systemActor } from '../../identity/caller.ts'
import type { Ports } from '../../ports.ts'
import type { Entity } from '../../store/entity.ts'
import { recordSubmission } from '../../submissions/record-submission.ts'
import type { Review } from '../../submissions/submission.ts'
import type { ReviewOutcome, ReviewPorts } from '../review-submission.ts'
import { ReviewerFailure } from '../reviewer.ts'
import type { HeldReview } from './claimed-review.ts'
import { BudgetSpent, holdReview } from './hold-review.ts'

const firstPauseMs = 1_000
const longestPauseMs = 60_000
/** How long something of ours that is away is left alone. */
const awayMs = 10_000

/** Decides what becomes of a review that reached no verdict. None of the ways out approves anything. */
export async function failReview(
  ports: ReviewPorts,
  held: HeldReview,
  entity: Entity,
  { error, isCalledOff }: { error: unknown; isCalledOff: boolean },
): Promise<ReviewOutcome> {
  if (isCalledOff) return giveBack(ports, held)
  if (error instanceof BudgetSpent) return holdReview(ports, held, entity, error.hold)
  if (error instanceof ServiceError) {
    return error.kind === 'unavailable'
      ? waitForOurs(ports, held)
      : endInError(ports, held, entity, error.detail)
  }
  if (!(error instanceof ReviewerFailure)) {
    ports.monitor.onReviewCrash({ submissionId: held.id, error })
    const reason = 'The review failed for a reason of ours.'
    return tryAgain(ports, held, entity, { kind: 'crash', reason })
  }
  switch (error.kind) {
    case 'not_ready':
      await ports.store.settings.write('reviewer_refusal', error.message, null)
      return holdReview(ports, held, entity, { reason: 'provider_not_ready', dueInMs: null })
    case 'busy':
      return waitForProvider(ports, held, entity, error.retryAfterMs ?? firstPauseMs)
    case 'rejected':
      return endInError(ports, held, entity, error.message)
    case 'transient':
    case 'no_answer':
      return tryAgain(ports, held, entity, { kind: error.kind, reason: error.message })
  }
}

/** Somebody else may take it at once: this process is leaving, or froze and holds it no longer. */
async function giveBack({ store }: ReviewPorts, held: HeldReview): Promise<ReviewOutcome> {
  await store.submissions.settle(held, { leaseId: null, dueInMs: 0 })
  return {}
}

/** What is away comes back: a store that does not answer uses up no attempt, and fails no review. */
async function waitForOurs(
  { store, monitor }: ReviewPorts,
  held: HeldReview,
): Promise<ReviewOutcome> {
  monitor.onReviewRetry({ submissionId: held.id, reason: 'unavailable' })
  await store.submissions.settle(held, { leaseId: null, dueInMs: awayMs })
  return {}
}

async function waitForProvider(
  ports: ReviewPorts,
  held: HeldReview,
  entity: Entity,
  retryAfterMs: number,
): Promise<ReviewOutcome> {
  ports.monitor.onReviewRetry({ submissionId: held.id, reason: 'busy' })
  await ports.store.settings.writeDeadline('rate_limited_until', retryAfterMs)
  return holdReview(ports, held, entity, { reason: 'rate_limited', dueInMs: retryAfterMs })
}

/** After a pause that doubles each time, half of it chance, so that many do not come back at once. */
async function tryAgain(
  ports: ReviewPorts,
  held: HeldReview,
  entity: Entity,
  { kind, reason }: { kind: string; reason: string },
): Promise<ReviewOutcome> {
  const failures = held.failures + 1
  if (failures >= ports.policy.reviewMaxAttempts) return endInError(ports, held, entity, reason)
  ports.monitor.onReviewRetry({ submissionId: held.id, reason: kind })
  const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (failures - 1))
  const dueInMs = pauseMs * (0.5 + Math.random() / 2)
  await ports.store.submissions.settle(held, { failures, leaseId: null, dueInMs })
  return {}
}

async function endInError(
  { transact, monitor, reviewer }: Pick<Ports, 'transact' | 'monitor' | 'reviewer'>,
  held: HeldReview,
  entity: Entity,
  reason: string,
): Promise<ReviewOutcome> {
  const settled = await transact(async (store) => {
    const current = await store.entities.lock(entity.id)
    // Nothing is said any more of what was archived meanwhile.
    if (!current || current.visibilityStatus === 'archived') return undefined
    const submission = await store.submissions.settle(held, {
      status: 'review_error',
      holdReason: null,
      leaseId: null,
      dueInMs: null,
      rescan: null,
      review: reviewWithout(held, reviewer.model, reason),
    })
    if (!submission) return undefined
    await store.entities.releaseSlugs(entity.id, 'proposed')
    await recordSubmission(store, {
      action: 'review_error',
      actor: systemActor,
      submission,
      entity,
      params: { prior_status: 'pending_llm', attempt: held.attempt, reason },
    })
    return submission
  })
  if (settled) monitor.onVerdict({ ...settled, submissionId: settled.id })
  return {}
}

/** The review of a version that nobody could review, with the reason. */
function reviewWithout(held: HeldReview, model: string, error: string): Review {
  return {
    riskLevel: null,
    summary: '',
    findings: [],
    contentQuality: null,
    model,
    promptHash: null,
    policyVersion: held.policyVersion,
    coverage: { bytes: 0, covered: 0, files: [] },
    usage: { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, costUsd: 0 },
    attempts: held.failures + 1,
    reusedFrom: null,
    error,
  }
}
