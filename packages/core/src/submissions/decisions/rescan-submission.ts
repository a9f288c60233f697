import { ServiceError } from '../../errors.ts'
import { type Inspection, isBlocked } from '../../guardrails/inspection.ts'
import { actorOf, type Caller, requireAdmin } from '../../identity/caller.ts'
import type { Ports } from '../../ports.ts'
import type { Store } from '../../repositories.ts'
import type { Entity } from '../../store/entity.ts'
import { hideLive } from '../../store/hide-live.ts'
import { summarize } from '../../store/offer-version.ts'
import { prepareToServe, promoteVersion } from '../../store/promote-version.ts'
import { listHeeded } from '../../suppressions/list-heeded.ts'
import { applySuppressions } from '../../suppressions/suppression.ts'
import { recordSubmission } from '../record-submission.ts'
import type { Submission } from '../submission.ts'
import {
  type DecisionTarget,
  requireDecidable,
  withEntityOf,
  writeDecision,
} from './require-decidable.ts'

export interface RescanRequest extends DecisionTarget {
  caller: Caller
  /** Whether a live version goes out of service for any bad outcome, not only for a critical one. */
  hideOnFail: boolean
  priority?: number
  /** Whether the model may take a day to answer, at half the price. */
  canWait?: boolean
}

/** When a review that waits for a batch goes the ordinary way, whatever became of the batch. */
const batchPatienceMs = 26 * 3_600_000

export type RescanPorts = Pick<
  Ports,
  'store' | 'transact' | 'intake' | 'bundles' | 'locks' | 'reviewQueue' | 'policy'
>

/**
 * Puts a decided version through the checks and the review of today. What is served stays meanwhile.
 * The one way out of a final status.
 */
export async function rescanSubmission(
  ports: RescanPorts,
  request: RescanRequest,
): Promise<Submission> {
  requireAdmin(request.caller)
  const rescanned = await withEntityOf(ports, request, async () => {
    const { submission, entity } = await ports.transact((store) => check(store, request))
    const inspection = await inspectAgain(ports, entity, submission)
    if (!ports.policy.guardrailsEnabled) await prepareToServe(ports, entity, submission)
    return ports.transact((store) => writeRescan(store, ports.policy, request, inspection))
  })
  const { id: submissionId, status, attempt, claims, priority } = rescanned
  if (status === 'pending_llm' && !request.canWait) {
    ports.reviewQueue.announce([{ submissionId, attempt, claims, priority }])
  }
  return rescanned
}

async function check(store: Store, request: RescanRequest) {
  const decidable = await requireDecidable(store, request, 'rescan', 'not_rescannable')
  if (decidable.submission.bundlePurgedAt) throw new ServiceError('bundle_purged')
  return decidable
}

async function inspectAgain(
  { intake, bundles }: RescanPorts,
  entity: Entity,
  { versionHash: hash, slug }: Submission,
): Promise<Inspection> {
  if (!(await bundles.isIntact(hash))) throw new ServiceError('bundle_unservable')
  return intake.inspect({ hash, type: entity.type, slug }, entity)
}

/** Marks what admins have looked at and accepted in this entity. */
async function quieten(
  store: Pick<Store, 'suppressions' | 'principals' | 'versions'>,
  { entityId, n, slug, submitterId }: Submission,
  inspection: Inspection,
): Promise<Inspection> {
  const rendition = await store.versions.findRendition(entityId, n, slug)
  const active = await listHeeded(store, { entityId, submitterId })
  return applySuppressions(inspection, active, rendition?.files ?? [])
}

/** What a version is that no check blocks. */
function passed(guardrailsEnabled: boolean) {
  return guardrailsEnabled ? 'pending_llm' : 'approved'
}

/** When the model is asked, and what is to be known when it has answered. */
function askAnew({ hideOnFail, canWait }: RescanRequest, { status: priorStatus }: Submission) {
  return { dueInMs: canWait ? batchPatienceMs : 0, rescan: { hideOnFail, priorStatus } }
}

async function writeRescan(
  store: Store,
  { guardrailsEnabled }: RescanPorts['policy'],
  request: RescanRequest,
  inspected: Inspection,
): Promise<Submission> {
  const { submission, entity } = await check(store, request)
  const inspection = await quieten(store, submission, inspected)
  const isBad = isBlocked(inspection.checks)
  const status = isBad ? 'blocked_inline' : passed(guardrailsEnabled)
  const isPending = status === 'pending_llm'
  const attempt = submission.attempt + 1
  const { hideOnFail } = request
  const written = await writeDecision(store, submission, {
    ...(await summarize(store, entity, { slug: submission.slug, inspection })),
    status,
    attempt,
    checksAttempt: attempt,
    failures: 0,
    priority: request.priority ?? 0,
    review: null,
    ...(isPending ? askAnew(request, submission) : { dueInMs: null, rescan: null }),
  })
  await store.findings.insert(submission.id, attempt, inspection.checks)
  if (isPending && request.canWait) await store.batches.want(submission.id, attempt)
  const actor = actorOf(request.caller)
  const params = { prior_status: submission.status, attempt, hide_on_fail: hideOnFail }
  await recordSubmission(store, { action: 'rescan', actor, submission: written, entity, params })
  if (isBad && (hideOnFail || written.severity === 'critical')) {
    await hideLive(store, entity, written)
  }
  if (status === 'approved') await promoteVersion(store, entity, written)
  return written
}
