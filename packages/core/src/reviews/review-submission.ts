import type { Ports } from '../ports.ts'
import { promptHash } from './prompt/build-prompt.ts'
import { failReview } from './steps/fail-review.ts'
import { findHold, holdReview, recoverReview } from './steps/hold-review.ts'
import { keepLease, leaseMs } from './steps/keep-lease.ts'
import { reachVerdict } from './steps/reach-verdict.ts'
import { settleReview } from './steps/settle-review.ts'

export type ReviewPorts = Pick<
  Ports,
  'store' | 'transact' | 'intake' | 'bundles' | 'reviewer' | 'policy' | 'monitor'
>

/** What the queue has to know of a review that could not be done now. */
export interface ReviewOutcome {
  /** How long the provider wants to be left alone, by every worker. */
  pauseMs?: number
}

/**
 * Takes a due review, asks the model until every byte was read, and writes the verdict.
 *
 * What to do is read from the row, never remembered. Whoever loses the lease, or comes too late,
 * changes nothing: the verdict is put on record as skipped, and that is all.
 */
export async function reviewSubmission(
  ports: ReviewPorts,
  review: { submissionId: string; attempt: number },
  signal: AbortSignal,
): Promise<ReviewOutcome> {
  const { submissions } = ports.store
  const words = { promptHash: promptHash(), model: ports.reviewer.model }
  const claimed = await submissions.claim({ ...review, ...words }, leaseMs)
  if (!claimed) return {}
  const { entity } = claimed
  if (entity.visibilityStatus === 'archived') {
    await submissions.settle(claimed.held, { leaseId: null, dueInMs: null })
    return {}
  }
  const hold = await findHold(ports, claimed.said)
  if (hold) return holdReview(ports, claimed.held, entity, hold)

  const held = await recoverReview(ports, claimed.held, entity)
  if (!held) return {}
  const lease = keepLease(ports.store, held, signal)
  try {
    const verdict = await reachVerdict(ports, { ...claimed, held }, lease.signal)
    await settleReview(ports, { ...claimed, held }, verdict)
    return {}
  } catch (error) {
    return await failReview(ports, held, entity, { error, isCalledOff: lease.signal.aborted })
  } finally {
    lease.end()
  }
}
