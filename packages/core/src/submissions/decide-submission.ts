import { ServiceError } from '../errors.ts'
import { type Caller, requireAdmin } from '../identity/caller.ts'
import type { Ports } from '../ports.ts'
import type { Store } from '../repositories.ts'
import { hideLive } from '../store/hide-live.ts'
import { prepareToServe, promoteVersion } from '../store/promote-version.ts'
import { recordSubmission } from './record-submission.ts'
import {
  type Decidable,
  type DecisionTarget,
  requireDecidable,
  writeDecision,
} from './require-decidable.ts'
import { requireReason } from './require-reason.ts'
import type { Submission } from './submission.ts'

type DecidePorts = Pick<Ports, 'store' | 'transact' | 'intake' | 'bundles' | 'locks'>

/** Approves what waits for a person, and publishes it. Never by whoever submitted it. */
export async function approveSubmission(
  ports: DecidePorts,
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
        actor: { id: request.caller.id, kind: request.caller.kind },
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

/** Refuses a submission for a reason. If it is a rescan of what is served, that goes out of service. */
export async function rejectSubmission(
  ports: DecidePorts,
  request: DecisionTarget & { caller: Caller; reason: string },
): Promise<Submission> {
  requireAdmin(request.caller)
  const reason = requireReason(request.reason)
  return withEntityOf(ports, request, () =>
    ports.transact(async (store) => {
      const decidable = await requireDecidable(store, request, 'reject', 'not_decidable')
      const { submission, entity, status } = decidable
      if (submission.status === 'needs_human') refuseOwn(request.caller, decidable)
      const rejected = await writeDecision(store, submission, { status })
      await store.entities.releaseSlugs(entity.id, 'proposed')
      await recordSubmission(store, {
        action: 'rejected',
        actor: { id: request.caller.id, kind: request.caller.kind },
        submission: rejected,
        entity,
        params: { reason, prior_status: submission.status },
      })
      await hideLive(store, entity, rejected)
      return rejected
    }),
  )
}

function refuseOwn(caller: Caller, { submission }: Decidable): void {
  if (submission.submitterId === caller.id) throw new ServiceError('self_approval_forbidden')
}

async function withEntityOf<T>(
  { store, locks }: Pick<Ports, 'store' | 'locks'>,
  { submissionId }: DecisionTarget,
  work: () => Promise<T>,
): Promise<T> {
  const found = await store.submissions.find(submissionId)
  if (!found) throw new ServiceError('not_found')
  return locks.withEntity(found.entityId, work)
}
