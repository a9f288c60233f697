import type { Id } from '../ids.ts'
import type { EntityType } from '../store/entity.ts'
import type { SubmissionStatus } from '../submissions/submission.ts'

/** The work that rows say is due, by the name of the job that does it. */
export const jobNames = [
  'review-submission',
  'review-batch',
  'review-approval',
  'deliver-webhook',
  'tell-people',
] as const
export type JobName = (typeof jobNames)[number]

/** How much there is of one kind of work, as its rows say. */
export interface JobCounts {
  name: JobName
  /** Due, and nobody is at it. */
  waiting: number
  active: number
  /** Due later. */
  delayed: number
  /** Given up. */
  failed: number
  /** How long the oldest that is due has waited; `null` if none is. */
  oldestWaitMs: number | null
}

/** A review that failed, or is tried again after it did. */
export interface FailingReview {
  submissionId: Id
  entityId: Id
  n: number
  type: EntityType
  name: string
  status: SubmissionStatus
  revision: number
  /** How often somebody had it begin anew. */
  attempt: number
  /** Tries of this attempt that failed. */
  failures: number
  /** Why it was given up, in words; `null` while it is tried. */
  error: string | null
  /** What came of the last call to the model that brought no answer, if there was one. */
  lastOutcome: string | null
  /** When it is tried again; `null` if nobody will by themselves. */
  dueAt: Date | null
  /** Whether somebody is at it. */
  isActive: boolean
}
