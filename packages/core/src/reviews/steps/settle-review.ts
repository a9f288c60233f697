import { systemActor } from '../../identity/caller.ts'
import type { Ports } from '../../ports.ts'
import type { Store } from '../../repositories.ts'
import { settleAll } from '../../settle-all.ts'
import type { Entity } from '../../store/entity.ts'
import { hideLive } from '../../store/hide-live.ts'
import { prepareToServe, promoteVersion } from '../../store/promote-version.ts'
import { recordSubmission, type SubmissionAction } from '../../submissions/record-submission.ts'
import { type Submission, submissionMachine } from '../../submissions/submission.ts'
import type { HeldReview } from './keep-lease.ts'
import type { ReachedVerdict } from './reach-verdict.ts'

const actionOf = {
  approve: 'approved',
  block: 'blocked_llm',
  escalate: 'needs_human',
} as const satisfies Record<ReachedVerdict['outcome'], SubmissionAction>

type SettlePorts = Pick<Ports, 'store' | 'transact' | 'intake' | 'bundles' | 'monitor'>

/**
 * Writes a verdict, and promotes what it approves, in one transaction by compare-and-swap on the lease.
 * A verdict that comes too late changes nothing; that it came is put on record.
 */
export async function settleReview(
  ports: SettlePorts,
  held: HeldReview,
  verdict: ReachedVerdict,
): Promise<void> {
  if (verdict.outcome === 'approve') await prepareApproval(ports, held)
  const settled = await ports.transact(async (store) => {
    const entity = await store.entities.lock(held.entityId)
    const isThere = entity && entity.visibilityStatus !== 'archived'
    const submission = isThere && (await writeVerdict(store, held, verdict))
    if (submission) await followUp(store, entity, submission, verdict)
    else if (entity) await recordSkipped(store, held, entity, verdict)
    return submission
  })
  if (settled) ports.monitor.onVerdict({ ...settled, submissionId: settled.id })
}

/** Bakes and checks outside of the transaction what it will serve. */
async function prepareApproval(ports: SettlePorts, held: HeldReview): Promise<void> {
  const entity = await ports.store.entities.find(held.entityId)
  if (entity && entity.visibilityStatus !== 'archived') await prepareToServe(ports, entity, held)
}

async function writeVerdict(
  store: Store,
  held: HeldReview,
  { outcome, holdReason, review, severity }: ReachedVerdict,
): Promise<Submission | undefined> {
  const status = submissionMachine.after('pending_llm', outcome)
  if (!status) throw new Error(`A verdict cannot ${outcome}.`)
  const closing = { leaseId: null, dueInMs: null, rescan: null }
  return store.submissions.settle(held, { ...closing, status, holdReason, review, severity })
}

async function followUp(
  store: Store,
  entity: Entity,
  submission: Submission,
  verdict: ReachedVerdict,
): Promise<void> {
  const isApproved = verdict.outcome === 'approve'
  const [served] = await settleAll([
    isApproved ? promoteVersion(store, entity, submission) : entity,
    keepForOthers(store, submission, verdict),
    verdict.outcome === 'block' && store.entities.releaseSlugs(entity.id, 'proposed'),
  ])
  await recordSubmission(store, {
    action: actionOf[verdict.outcome],
    actor: systemActor,
    submission,
    entity: served,
    params: {
      prior_status: 'pending_llm',
      attempt: submission.attempt,
      ...(isApproved ? { promoted_to_version_no: served.liveN } : { reasons: verdict.reasons }),
      ...(verdict.review.reusedFrom ? { reused_from: verdict.review.reusedFrom } : {}),
    },
  })
  if (verdict.takesDown) await hideLive(store, served, submission)
}

/** Keeps what the model said of these bytes, so that nobody need ask again. */
async function keepForOthers(
  { verdicts }: Pick<Store, 'verdicts'>,
  { id: submissionId }: Submission,
  { key, review }: ReachedVerdict,
): Promise<void> {
  if (review.reusedFrom === null) await verdicts.write(key, { submissionId, review })
}

async function recordSkipped(
  store: Store,
  held: HeldReview,
  entity: Entity,
  { outcome }: ReachedVerdict,
): Promise<void> {
  const submission = await store.submissions.find(held.id)
  if (!submission) return
  await recordSubmission(store, {
    action: 'bg_verdict_skipped',
    actor: systemActor,
    submission,
    entity,
    params: { attempt: held.attempt, verdict: outcome, current_status: submission.status },
  })
}
