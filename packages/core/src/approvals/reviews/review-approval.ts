import type { Id } from '../../ids.ts'
import type { Ports } from '../../ports.ts'
import { ReviewerFailure } from '../../reviews/reviewer.ts'
import { isBudgetSpent } from '../../reviews/steps/hold-review.ts'
import { canonicalContext } from '../actions/canonical-context.ts'
import type { Approval } from '../tickets/approval.ts'
import { type ActionFacts, buildActionPrompt } from './action-prompt.ts'
import type { ApprovalReview } from './approval-review.ts'
import { askTwice } from './ask-twice.ts'
import { decideOutcome } from './decide-outcome.ts'
import { breakerWindow, tripsBreaker } from './trips-breaker.ts'

export type ApprovalReviewPorts = Pick<
  Ports,
  'store' | 'transact' | 'actionReviewer' | 'policy' | 'monitor'
>

/** Longer than a question takes, both of its tries together. */
const leaseMs = 120_000
/** Somebody who took it up and never came back may have died of it. */
const claimsMax = 3

/**
 * Lets the model answer a ticket. Whatever goes wrong, a person answers instead: nothing is ever
 * allowed by a failure, and a ticket that somebody else has answered meanwhile stays as it is.
 */
export async function reviewApproval(
  ports: ApprovalReviewPorts,
  { approvalId }: { approvalId: Id },
  signal: AbortSignal,
): Promise<void> {
  const held = await ports.store.approvalReviews.claim(approvalId, leaseMs)
  if (!held) return
  const review = await reach(ports, held, signal)
  await ports.transact(async (store) => {
    const settled = await store.approvalReviews.settle(held, review)
    if (!settled?.sessionId || review.outcome !== 'deny') return
    const outcomes = await store.approvalReviews.listOutcomes(settled.sessionId, breakerWindow)
    if (tripsBreaker(outcomes)) await store.sessions.suspendReview(settled.sessionId)
  })
}

async function reach(
  ports: ApprovalReviewPorts,
  held: Approval & { claims: number },
  signal: AbortSignal,
): Promise<ApprovalReview> {
  const obstacle = await findObstacle(ports, held)
  if (obstacle) return toHuman(obstacle)
  const facts = await readFacts(ports, held)
  const context = canonicalContext(held.context)
  const { prompt, isTruncated } = buildActionPrompt(held, { context, facts })
  try {
    const { assessment, model } = await askTwice(ports, { approvalId: held.id, prompt, signal })
    const outcome = decideOutcome(assessment, { isTruncated })
    return { outcome, assessment, model, failure: null }
  } catch (error) {
    if (error instanceof ReviewerFailure) return toHuman(error.message)
    // Called off: whoever takes it up next asks again.
    signal.throwIfAborted()
    throw error
  }
}

function toHuman(failure: string): ApprovalReview {
  return { outcome: 'escalate', assessment: null, model: null, failure }
}

/** Why the model is not asked; `undefined` if it is. */
async function findObstacle(
  { store, actionReviewer, policy }: ApprovalReviewPorts,
  { claims }: { claims: number },
): Promise<string | undefined> {
  if (!actionReviewer.isReady) return 'There is no key for the reviewer model.'
  if (claims > claimsMax) return 'The review broke off too often.'
  if ((await store.settings.read('paused')) === true) return 'Reviews are paused.'
  if (await isBudgetSpent(store, policy.budgetUsdPerDay, 0)) return 'The budget of today is spent.'
  return undefined
}

async function readFacts({ store }: ApprovalReviewPorts, held: Approval): Promise<ActionFacts> {
  const { requesterId, sessionId } = held
  const [requester, session, lastOutcomes] = await Promise.all([
    store.principals.find(requesterId),
    sessionId ? store.sessions.find(sessionId) : undefined,
    sessionId ? store.approvalReviews.listOutcomes(sessionId, breakerWindow) : [],
  ])
  const { kind = 'agent', handle = 'unknown' } = requester ?? {}
  return { requester: { kind, handle }, sandbox: session?.sandbox ?? null, lastOutcomes }
}
