import { ServiceError } from '../../errors.ts'
import { actorOf, type Caller, requireAdmin } from '../../identity/caller.ts'
import type { Ports } from '../../ports.ts'
import type { Store } from '../../repositories.ts'
import { prepareToServe, promoteVersion } from '../../store/promote-version.ts'
import { recordSubmission } from '../record-submission.ts'
import type { Submission } from '../submission.ts'
import { type GivenReason, readReason, reasonParams } from './decision-reason.ts'
import {
  type DecisionTarget,
  requireDecidable,
  withEntityOf,
  writeDecision,
} from './require-decidable.ts'

export interface OverrideRequest extends DecisionTarget, GivenReason {
  caller: Caller
}

type OverridePorts = Pick<Ports, 'store' | 'transact' | 'intake' | 'bundles' | 'locks'>

/**
 * Publishes a version against its verdict, or ahead of it, on an admin's word. The verdict and its
 * findings stay on record, and a later version is not covered by it.
 */
export async function overrideVerdict(
  ports: OverridePorts,
  request: OverrideRequest,
): Promise<Submission> {
  requireAdmin(request.caller)
  readReason(request)
  return withEntityOf(ports, request, async () => {
    await prepare(ports, request)
    return ports.transact((store) => writeOverride(store, request))
  })
}

/** Refuses early, and bakes outside of the transaction what it will serve. */
async function prepare(ports: OverridePorts, request: OverrideRequest): Promise<void> {
  const { submission, entity } = await ports.transact((store) => check(store, request))
  await prepareToServe(ports, entity, submission)
}

async function check(store: Store, request: OverrideRequest) {
  const decidable = await requireDecidable(store, request, 'override', 'not_overridable')
  if (decidable.submission.bundlePurgedAt) throw new ServiceError('bundle_purged')
  const isOwn = decidable.submission.submitterId === request.caller.id
  if (isOwn && (await store.principals.countAdmins(request.caller.id)) > 0) {
    throw new ServiceError('self_override_forbidden')
  }
  return { ...decidable, isOwn }
}

async function writeOverride(store: Store, request: OverrideRequest): Promise<Submission> {
  const { submission, entity, status, isOwn } = await check(store, request)
  const priorStatus = submission.status
  const at = new Date().toISOString()
  const overridden = await writeDecision(store, submission, {
    status,
    override: { by: request.caller.id, reason: readReason(request), at, priorStatus },
  })
  const promoted = await promoteVersion(store, entity, overridden)
  await recordSubmission(store, {
    action: 'overridden',
    actor: actorOf(request.caller),
    submission: overridden,
    entity: promoted,
    params: {
      ...reasonParams(request),
      prior_status: priorStatus,
      promoted_to_version_no: promoted.liveN,
      ...(isOwn ? { self_override: true } : {}),
    },
  })
  return overridden
}
