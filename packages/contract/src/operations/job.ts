import { Id } from '@countersign/core/ids'
import {
  type FailingReview,
  type JobCounts,
  jobNames,
} from '@countersign/core/operations/job-counts'
import { EntityType } from '@countersign/core/store/entity'
import { SubmissionStatus } from '@countersign/core/submissions/submission'
import { z } from 'zod'
import { Moment, viewMoment } from '../page.ts'

/** How much there is of one kind of work. */
export const JobCountsView = z
  .object({
    name: z.enum(jobNames),
    waiting: z.int().describe('Due, and nobody is at it.'),
    active: z.int(),
    delayed: z.int().describe('Due later.'),
    failed: z.int().describe('Given up.'),
    oldest_wait_ms: z.int().nullable(),
  })
  .meta({ id: 'JobCounts' })
export type JobCountsView = z.infer<typeof JobCountsView>

export function viewJobCounts({ oldestWaitMs, ...counts }: JobCounts): JobCountsView {
  return { ...counts, oldest_wait_ms: oldestWaitMs }
}

/** A review that failed, or is tried again after it did. `revision` is the ETag of its submission. */
export const FailingReviewView = z
  .object({
    submission_id: Id,
    revision: z.int(),
    entity_id: Id,
    version_no: z.int(),
    type: EntityType,
    name: z.string(),
    status: SubmissionStatus,
    attempt: z.int().describe('Raised by every retry and rescan.'),
    failures: z.int().describe('Tries of this attempt that failed.'),
    last_error: z.string().describe('Why the last of them did, in words.'),
    next_at: Moment.nullable().describe('When it is tried again; null if nobody will by itself.'),
    active: z.boolean().describe('Whether it is being tried now.'),
  })
  .meta({ id: 'FailingReview' })
export type FailingReviewView = z.infer<typeof FailingReviewView>

/** What a call without an answer came to. A failure without such a call is one of ours. */
const outcomeTexts: Readonly<Record<string, string>> = {
  transient: 'The provider failed or did not answer in time.',
  no_answer: 'What the model answered was no verdict.',
  rejected: 'The provider refused the request.',
  busy: 'The provider asked to wait.',
  not_ready: 'The provider refused the key.',
}

export function viewFailingReview(review: FailingReview): FailingReviewView {
  const { submissionId, entityId, n, error, lastOutcome, dueAt, isActive, ...same } = review
  return {
    ...same,
    submission_id: submissionId,
    entity_id: entityId,
    version_no: n,
    last_error: error ?? outcomeTexts[lastOutcome ?? ''] ?? 'It failed for a reason of ours.',
    // While somebody is at it, that is the end of their lease.
    next_at: isActive ? null : viewMoment(dueAt),
    active: isActive,
  }
}
