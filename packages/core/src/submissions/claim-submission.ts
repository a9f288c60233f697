import { ServiceError } from '../errors.ts'
import { actorOf, type Caller, requireAdmin } from '../identity/caller.ts'
import type { Id } from '../ids.ts'
import type { Ports } from '../ports.ts'
import type { Store } from '../repositories.ts'
import { recordSubmission, type SubmissionAction } from './record-submission.ts'
import { requireSubmission } from './require-submission.ts'

interface Assignment {
  caller: Caller
  submissionId: Id
}

/** Takes a submission to decide on it, so that nobody else begins to read it. Somebody else’s stays theirs. */
export async function claimSubmission(
  { transact }: Pick<Ports, 'transact'>,
  request: Assignment,
): Promise<void> {
  const { caller, submissionId } = request
  requireAdmin(caller)
  await transact(async (store) => {
    await record(store, request, 'claimed')
    const holder = await store.assignments.take(submissionId, caller.id)
    if (holder !== caller.id) {
      throw new ServiceError('already_claimed', { members: { claimed_by: holder } })
    }
  })
}

/** Gives a submission back. Any admin may: who took it may be away. */
export async function releaseSubmission(
  { transact }: Pick<Ports, 'transact'>,
  request: Assignment,
): Promise<void> {
  requireAdmin(request.caller)
  await transact(async (store) => {
    if (await store.assignments.release(request.submissionId)) {
      await record(store, request, 'released')
    }
  })
}

async function record(
  store: Store,
  { caller, submissionId }: Assignment,
  action: SubmissionAction,
): Promise<void> {
  const found = await requireSubmission(store, submissionId)
  await recordSubmission(store, { action, actor: actorOf(caller), ...found })
}
