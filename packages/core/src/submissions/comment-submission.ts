import { ServiceError } from '../errors.ts'
import { actorOf, type Caller, isAdmin, requireAdmin } from '../identity/caller.ts'
import type { Id } from '../ids.ts'
import type { Ports } from '../ports.ts'
import type { Store } from '../repositories.ts'
import { seesWholeLife } from '../store/access.ts'
import { recordSubmission } from './record-submission.ts'
import { requireSubmission } from './require-submission.ts'
import { findWaitingOn, type Submission } from './submission.ts'

export interface Comment {
  text: string
  /** A note is among admins; anything else is read by whoever submitted it too. */
  isNote: boolean
  /** What it is about, where it is about a place. */
  file?: string | undefined
  line?: number | undefined
}

/**
 * Says something about a submission, for the thread of it. It decides nothing, and leaves the revision
 * as it is: what somebody has read stays what they decide on.
 */
export async function commentSubmission(
  { transact }: Pick<Ports, 'transact'>,
  { caller, submissionId, isNote, ...said }: Comment & { caller: Caller; submissionId: Id },
): Promise<void> {
  await transact(async (store) => {
    if (isNote) requireAdmin(caller)
    const seen = await requireSeen(store, caller, submissionId)
    if (!isNote) await weighAppeal(store, caller, seen.submission)
    const { text: comment, file, line } = said
    await recordSubmission(store, {
      action: isNote ? 'noted' : 'commented',
      actor: actorOf(caller),
      ...seen,
      params: { comment, ...(file && { file, ...(line && { line }) }) },
    })
  })
}

/**
 * Whoever answers to a refusal asks for another look. An admin who says something about it, where it is
 * not their own, has given one.
 */
async function weighAppeal({ appeals }: Store, caller: Caller, submission: Submission) {
  const isOwn = submission.submitterId === caller.personId
  if (isAdmin(caller) && !isOwn) await appeals.settle(submission.id)
  else if (findWaitingOn(submission) === 'submitter') await appeals.raise(submission.id)
}

/** Gives the submission if the caller has a part in it; for others it does not exist. */
async function requireSeen(store: Store, caller: Caller, id: Id) {
  const found = await requireSubmission(store, id)
  const isTheirs = found.submission.submitterId === caller.personId
  if (!isTheirs && !seesWholeLife(caller, found.entity)) throw new ServiceError('not_found')
  return found
}
