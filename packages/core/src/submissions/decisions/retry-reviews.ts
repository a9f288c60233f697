import { ServiceError } from '../../errors.ts'
import { type Caller, requireAdmin } from '../../identity/caller.ts'
import type { Id } from '../../ids.ts'
import { turnMax } from '../../store/offer-version.ts'
import type { Submission } from '../submission.ts'
import { type RetryPorts, retryReview } from './retry-review.ts'

export interface RetryOutcome {
  queued: { id: Id }[]
  skipped: { id: Id; reason: string }[]
}

/** Bulk work waits for what somebody sent just now. */
export const bulkPriority = turnMax + 1

/** Retries many, each on its own: one that cannot be retried keeps none of the others from it. */
export async function retryReviews(
  ports: RetryPorts,
  request: {
    caller: Caller
    statuses: readonly Submission['status'][]
    ids?: readonly Id[] | undefined
    limit: number
  },
): Promise<RetryOutcome> {
  requireAdmin(request.caller)
  const { caller, statuses, limit } = request
  const ids = request.ids ?? (await ports.store.submissions.listIds({ statuses, limit }))
  const outcome: RetryOutcome = { queued: [], skipped: [] }
  for (const id of ids.slice(0, limit)) {
    const reason = await retryOne(ports, caller, id, statuses)
    if (reason) outcome.skipped.push({ id, reason })
    else outcome.queued.push({ id })
  }
  return outcome
}

/** Tries one of many; says why it was skipped. */
async function retryOne(
  ports: RetryPorts,
  caller: Caller,
  submissionId: Id,
  statuses: readonly Submission['status'][],
): Promise<string | undefined> {
  const found = await ports.store.submissions.find(submissionId)
  if (!found) return 'not_found'
  if (!statuses.includes(found.status)) return `status_${found.status}`
  try {
    const revisions = [found.revision]
    await retryReview(ports, { caller, submissionId, revisions, priority: bulkPriority })
    return undefined
  } catch (error) {
    if (error instanceof ServiceError) return error.code
    throw error
  }
}
