import { ServiceError } from '../../errors.ts'
import { actorOf, type Caller, requireAdmin } from '../../identity/caller.ts'
import type { Ports } from '../../ports.ts'
import { recordSubmission } from '../record-submission.ts'
import type { Submission } from '../submission.ts'
import { type DecisionTarget, requireDecidable, writeDecision } from './require-decidable.ts'

export type RetryPorts = Pick<Ports, 'store' | 'transact' | 'reviewQueue'>

/** Sends a held, blocked or failed review to the model anew. Whatever runs for the old attempt is too late. */
export async function retryReview(
  { transact, reviewQueue }: RetryPorts,
  request: DecisionTarget & { caller: Caller; priority?: number },
): Promise<Submission> {
  requireAdmin(request.caller)
  const retried = await transact(async (store) => {
    const { submission, entity, status } = await requireDecidable(
      store,
      request,
      'retry',
      'not_retryable',
    )
    if (submission.bundlePurgedAt) throw new ServiceError('bundle_purged')
    const attempt = submission.attempt + 1
    const changes = {
      status,
      attempt,
      failures: 0,
      priority: request.priority ?? 0,
      review: null,
      dueInMs: 0,
    }
    const queued = await writeDecision(store, submission, {
      ...changes,
      rescan: submission.rescan,
    })
    await recordSubmission(store, {
      action: 'retry',
      actor: actorOf(request.caller),
      submission: queued,
      entity,
      params: { prior_status: submission.status, attempt },
    })
    return queued
  })
  const { id: submissionId, attempt, claims, priority } = retried
  reviewQueue.announce([{ submissionId, attempt, claims, priority }])
  return retried
}
