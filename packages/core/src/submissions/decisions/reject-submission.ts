import { actorOf, type Caller, requireAdmin } from '../../identity/caller.ts'
import type { Ports } from '../../ports.ts'
import { hideLive } from '../../store/hide-live.ts'
import { recordSubmission } from '../record-submission.ts'
import type { Submission } from '../submission.ts'
import { type GivenReason, readReason, reasonParams } from './decision-reason.ts'
import {
  type DecisionTarget,
  refuseOwn,
  requireDecidable,
  withEntityOf,
  writeDecision,
} from './require-decidable.ts'

/** Refuses a submission for a reason. If it is a rescan of what is served, that goes out of service. */
export async function rejectSubmission(
  ports: Pick<Ports, 'store' | 'transact' | 'locks'>,
  request: DecisionTarget & GivenReason & { caller: Caller },
): Promise<Submission> {
  requireAdmin(request.caller)
  readReason(request)
  return withEntityOf(ports, request, () =>
    ports.transact(async (store) => {
      const decidable = await requireDecidable(store, request, 'reject', 'not_decidable')
      const { submission, entity, status } = decidable
      if (submission.status === 'needs_human') refuseOwn(request.caller, decidable)
      const rejected = await writeDecision(store, submission, { status })
      await store.entities.releaseSlugs(entity.id, 'proposed')
      await recordSubmission(store, {
        action: 'rejected',
        actor: actorOf(request.caller),
        submission: rejected,
        entity,
        params: { ...reasonParams(request), prior_status: submission.status },
      })
      await hideLive(store, entity, rejected)
      return rejected
    }),
  )
}
