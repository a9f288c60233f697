import { ServiceError } from '../errors.ts'
import { actorOf, type Caller } from '../identity/caller.ts'
import type { Id } from '../ids.ts'
import type { Ports } from '../ports.ts'
import { isOwner } from '../store/access.ts'
import { recordSubmission } from './record-submission.ts'
import { type Submission, submissionMachine } from './submission.ts'

/** Takes a submission back while nothing is decided. The record stays; a verdict on its way is dropped. */
export async function withdrawSubmission(
  { transact }: Pick<Ports, 'transact'>,
  { caller, submissionId }: { caller: Caller; submissionId: Id },
): Promise<Submission> {
  return transact(async (store) => {
    const submission = await store.submissions.find(submissionId)
    const entity = submission && (await store.entities.lock(submission.entityId))
    if (!entity || !isOwner(caller, entity)) throw new ServiceError('not_found')

    const status = submissionMachine.after(submission.status, 'withdraw')
    const changes = { holdReason: null, dueInMs: null, leaseId: null }
    const withdrawn = status && (await store.submissions.swap(submission, { status, ...changes }))
    if (!withdrawn) {
      throw new ServiceError('not_withdrawable', { members: { current_status: submission.status } })
    }
    await store.entities.releaseSlugs(entity.id, 'proposed')
    const actor = actorOf(caller)
    const params = { prior_status: submission.status }
    await recordSubmission(store, {
      action: 'withdrawn',
      actor,
      submission: withdrawn,
      entity,
      params,
    })
    return withdrawn
  })
}
