import { ServiceError } from '../errors.ts'
import { actorOf, type Caller } from '../identity/caller.ts'
import type { Id } from '../ids.ts'
import type { Ports } from '../ports.ts'
import type { Store } from '../repositories.ts'
import { isOwner } from '../store/access.ts'
import { hideLive } from '../store/hide-live.ts'
import { recordSubmission } from './record-submission.ts'
import { type Submission, submissionMachine } from './submission.ts'

/**
 * Takes a submission back while nothing is decided. The record stays; a verdict on its way is dropped.
 * If it is a rescan of what is served, that goes out of service: nobody leaves a rescan by taking it back.
 */
export async function withdrawSubmission(
  { transact }: Pick<Ports, 'transact'>,
  { caller, submissionId }: { caller: Caller; submissionId: Id },
): Promise<Submission> {
  return transact(async (store) => {
    const submission = await store.submissions.find(submissionId)
    const entity = submission && (await store.entities.lock(submission.entityId))
    if (!entity || !isOwner(caller, entity)) throw new ServiceError('not_found')

    const { withdrawn, priorStatus } = await takeBack(store, submissionId)
    await store.entities.releaseSlugs(entity.id, 'proposed')
    await recordSubmission(store, {
      action: 'withdrawn',
      actor: actorOf(caller),
      submission: withdrawn,
      entity,
      params: { prior_status: priorStatus },
    })
    await hideLive(store, entity, withdrawn)
    return withdrawn
  })
}

/** Writes it, unless something is decided. What is written meanwhile and decides nothing, as a hold, is no reason. */
async function takeBack({ submissions }: Pick<Store, 'submissions'>, id: Id) {
  const changes = { holdReason: null, dueInMs: null, leaseId: null, rescan: null }
  for (;;) {
    const seen = await submissions.find(id)
    const status = seen && submissionMachine.after(seen.status, 'withdraw')
    if (!status) {
      throw new ServiceError('not_withdrawable', { members: { current_status: seen?.status } })
    }
    const withdrawn = await submissions.swap(seen, { ...changes, status })
    if (withdrawn) return { withdrawn, priorStatus: seen.status }
  }
}
