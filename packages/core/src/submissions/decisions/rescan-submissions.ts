import { ServiceError } from '../../errors.ts'
import { type Caller, requireAdmin } from '../../identity/caller.ts'
import type { Id } from '../../ids.ts'
import type { SubmissionStatus } from '../submission.ts'
import { type RescanPorts, rescanSubmission } from './rescan-submission.ts'
import { bulkPriority, type RetryOutcome } from './retry-reviews.ts'

/**
 * Puts many decided versions through the checks and the review of today, each on its own: one that
 * cannot be rescanned keeps none of the others from it. The model is asked in batches.
 */
export async function rescanSubmissions(
  ports: RescanPorts,
  request: {
    caller: Caller
    statuses: readonly SubmissionStatus[]
    ids?: readonly Id[] | undefined
    /** Only what was decided before, so that what was rescanned is not found again. */
    decidedBefore?: Date | undefined
    hideOnFail: boolean
    limit: number
  },
): Promise<RetryOutcome> {
  requireAdmin(request.caller)
  const { statuses, decidedBefore, limit } = request
  const filter = { statuses, decidedBefore, limit }
  const ids = request.ids ?? (await ports.store.submissions.listIds(filter))
  const outcome: RetryOutcome = { queued: [], skipped: [] }
  for (const id of ids.slice(0, limit)) {
    const reason = await rescanOne(ports, request, id)
    if (reason) outcome.skipped.push({ id, reason })
    else outcome.queued.push({ id })
  }
  return outcome
}

/** Tries one of many; says why it was skipped. */
async function rescanOne(
  ports: RescanPorts,
  request: Parameters<typeof rescanSubmissions>[1],
  submissionId: Id,
): Promise<string | undefined> {
  const found = await ports.store.submissions.find(submissionId)
  if (!found) return 'not_found'
  if (!request.statuses.includes(found.status)) return `status_${found.status}`
  const { caller, hideOnFail } = request
  const revisions = [found.revision]
  const canWait = ports.policy.hasReviewer
  try {
    const target = { submissionId, revisions, priority: bulkPriority }
    await rescanSubmission(ports, { ...target, caller, hideOnFail, canWait })
    return undefined
  } catch (error) {
    if (error instanceof ServiceError) return error.code
    throw error
  }
}
