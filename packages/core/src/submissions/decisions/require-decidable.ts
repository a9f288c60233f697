import { type ErrorCode, ServiceError } from '../../errors.ts'
import type { Caller } from '../../identity/caller.ts'
import type { Id } from '../../ids.ts'
import type { Ports } from '../../ports.ts'
import type { Store } from '../../repositories.ts'
import type { Entity } from '../../store/entity.ts'
import {
  type Submission,
  type SubmissionEvent,
  type SubmissionStatus,
  submissionMachine,
} from '../submission.ts'

/** Which submission somebody decides on, and which state of it they have seen. */
export interface DecisionTarget {
  submissionId: Id
  /** The revisions of which they saw one (`If-Match`); `undefined` if they did not say. */
  revisions?: readonly number[] | undefined
}

export interface Decidable {
  submission: Submission
  entity: Entity
  /** Where the decision leads. */
  status: SubmissionStatus
}

/**
 * Locks what a decision is about, and makes sure that it may be made: the caller saw it as it is, the
 * table has the step, and the entity is still there to be decided on.
 */
export async function requireDecidable(
  store: Store,
  target: DecisionTarget,
  event: SubmissionEvent,
  refusal: ErrorCode,
): Promise<Decidable> {
  const found = await store.submissions.find(target.submissionId)
  const entity = found && (await store.entities.lock(found.entityId))
  // Read again behind the lock: the first reading may have been overtaken while it waited.
  const submission = entity && (await store.submissions.find(target.submissionId))
  if (!submission) throw new ServiceError('not_found')
  if (target.revisions && !target.revisions.includes(submission.revision)) {
    throw new ServiceError('precondition_failed', {
      detail: `The submission is at revision ${submission.revision} by now.`,
    })
  }
  const status = submissionMachine.after(submission.status, event)
  if (!status || entity.visibilityStatus === 'archived') {
    const isArchived = entity.visibilityStatus === 'archived'
    throw new ServiceError(refusal, {
      ...(isArchived ? { detail: 'The entity is archived.' } : {}),
      members: { current_status: submission.status },
    })
  }
  return { submission, entity, status }
}

/** Writes a decision. Losing the swap means that somebody else decided in between. */
export async function writeDecision(
  store: Pick<Store, 'submissions'>,
  submission: Submission,
  changes: Parameters<Store['submissions']['swap']>[1],
): Promise<Submission> {
  const settled = { holdReason: null, dueInMs: null, leaseId: null, rescan: null }
  const written = await store.submissions.swap(submission, { ...settled, ...changes })
  if (!written) throw new ServiceError('precondition_failed')
  return written
}

/** Nobody decides on what they submitted themselves. */
export function refuseOwn(caller: Caller, { submission }: Decidable): void {
  if (submission.submitterId === caller.id) throw new ServiceError('self_approval_forbidden')
}

/** Runs a decision when it is its turn among the edits of the submission's entity. */
export async function withEntityOf<T>(
  { store, locks }: Pick<Ports, 'store' | 'locks'>,
  { submissionId }: DecisionTarget,
  work: () => Promise<T>,
): Promise<T> {
  const found = await store.submissions.find(submissionId)
  if (!found) throw new ServiceError('not_found')
  return locks.withEntity(found.entityId, work)
}
