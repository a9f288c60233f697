import { actorOf, type Caller, requireAdmin } from '../../identity/caller.ts'
import type { Ports } from '../../ports.ts'
import type { Store } from '../../repositories.ts'
import { prepareToServe, promoteVersion } from '../../store/promote-version.ts'
import { recordSubmission } from '../record-submission.ts'
import type { Submission } from '../submission.ts'
import {
  type DecisionTarget,
  refuseOwn,
  requireDecidable,
  withEntityOf,
  writeDecision,
} from './require-decidable.ts'

type ApprovePorts = Pick<Ports, 'store' | 'transact' | 'intake' | 'bundles' | 'locks'>

/** Approves what waits for a person, and publishes it. Never by whoever submitted it. */
export async function approveSubmission(
  ports: ApprovePorts,
  request: DecisionTarget & { caller: Caller; comment?: string | undefined },
): Promise<Submission> {
  requireAdmin(request.caller)
  const check = async (store: Store) => {
    const decidable = await requireDecidable(store, request, 'accept', 'not_decidable')
    refuseOwn(request.caller, decidable)
    return decidable
  }
  return withEntityOf(ports, request, async () => {
    const seen = await ports.transact(check)
    await prepareToServe(ports, seen.entity, seen.submission)
    return ports.transact(async (store) => {
      const { submission, entity, status } = await check(store)
      const approved = await writeDecision(store, submission, { status })
      const promoted = await promoteVersion(store, entity, approved)
      await recordSubmission(store, {
        action: 'approved',
        actor: actorOf(request.caller),
        submission: approved,
        entity: promoted,
        params: {
          prior_status: submission.status,
          promoted_to_version_no: promoted.liveN,
          ...(request.comment ? { comment: request.comment } : {}),
        },
      })
      return approved
    })
  })
}
