import { systemActor } from '../../identity/caller.ts'
import type { Ports } from '../../ports.ts'
import type { Store } from '../../repositories.ts'
import { settleAll } from '../../settle-all.ts'
import type { Entity } from '../../store/entity.ts'
import { hideLive } from '../../store/hide-live.ts'
import {
  asPromoted,
  prepareToServe,
  slugToServe,
  takeSlug,
  writePromotion,
} from '../../store/promote-version.ts'
import { recordSubmission, type SubmissionAction } from '../../submissions/record-submission.ts'
import { type Submission, submissionMachine } from '../../submissions/submission.ts'
import type { ClaimedReview, HeldReview } from './claimed-review.ts'
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
  claimed: ClaimedReview,
  verdict: ReachedVerdict,
): Promise<void> {
  const { held, entity, rendition } = claimed
  // Baked and checked outside of the transaction is what it will serve.
  if (verdict.outcome === 'approve') await prepareToServe(ports, entity, held, rendition)
  const settled = await ports.transact((store) => writeVerdict(store, claimed, verdict))
  if (settled) ports.monitor.onVerdict({ ...settled, submissionId: settled.id })
}

async function writeVerdict(
  store: Store,
  { held, entity: seen }: ClaimedReview,
  verdict: ReachedVerdict,
): Promise<Submission | undefined> {
  const { outcome, holdReason, review, severity } = verdict
  const status = submissionMachine.after('pending_llm', outcome)
  if (!status) throw new Error(`A verdict cannot ${outcome}.`)
  const changes = { status, holdReason, review, severity }
  const { entity, submission } = await store.submissions.conclude(held, changes)
  if (!entity) return undefined
  if (!submission) {
    await recordSkipped(store, held, entity, verdict)
    return undefined
  }
  // Nobody renames what is under review. Should it be so all the same, it is made ready anew.
  if (slugToServe(entity, submission) !== slugToServe(seen, submission)) {
    throw new Error('An entity was renamed while a version of it was under review.')
  }
  await followUp(store, entity, submission, verdict)
  return submission
}

async function followUp(
  store: Store,
  entity: Entity,
  submission: Submission,
  verdict: ReachedVerdict,
): Promise<void> {
  const isApproved = verdict.outcome === 'approve'
  const served = isApproved ? asPromoted(entity, submission) : entity
  if (isApproved) await takeSlug(store, entity, submission)
  await settleAll([
    isApproved && writePromotion(store, entity, submission),
    keepForOthers(store, submission, verdict),
    verdict.outcome === 'block' && store.entities.releaseSlugs(entity.id, 'proposed'),
    recordSubmission(store, {
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
    }),
  ])
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
