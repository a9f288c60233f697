import { systemActor } from '../../identity/caller.ts'
import type { Ports } from '../../ports.ts'
import type { Store } from '../../repositories.ts'
import type { Entity } from '../../store/entity.ts'
import { hideLive } from '../../store/hide-live.ts'
import { prepareToServe, takeSlug } from '../../store/promote-version.ts'
import { recordSubmission } from '../../submissions/record-submission.ts'
import type { ClaimedReview, HeldReview } from './claimed-review.ts'
import { conclude } from './conclusion.ts'
import type { ReachedVerdict } from './reach-verdict.ts'

type SettlePorts = Pick<Ports, 'store' | 'transact' | 'intake' | 'bundles' | 'monitor'>

/**
 * Writes a verdict, and promotes what it approves, in one transaction by compare-and-swap: on the lease,
 * and on the entity as it was seen. A verdict that comes too late changes nothing; that it came is put
 * on record. One on an entity that was changed meanwhile is written on what it is by then.
 */
export async function settleReview(
  ports: SettlePorts,
  claimed: ClaimedReview,
  verdict: ReachedVerdict,
): Promise<void> {
  const { held, entity: seen, rendition } = claimed
  // Baked and checked outside of the transaction is what it will serve.
  if (verdict.outcome === 'approve') await prepareToServe(ports, seen, held, rendition)
  const write = (store: Store) => writeVerdict(store, claimed, verdict)
  const { entity, submission } = takesMore(held, verdict)
    ? await ports.transact(write)
    : await write(ports.store)
  if (submission) ports.monitor.onVerdict({ ...submission, submissionId: submission.id })
  else if (entity && isSame(entity, seen)) {
    await ports.transact((store) => recordSkipped(store, held, entity, verdict))
  } else if (entity) await settleReview(ports, { ...claimed, entity }, verdict)
}

/** Whether there is more to it than the one statement, which is a transaction by itself. */
function takesMore({ proposed }: HeldReview, { takesDown }: ReachedVerdict): boolean {
  return takesDown || proposed.slug !== undefined
}

/** Whether a verdict that could not be written on an entity could not be written on it now either. */
function isSame(entity: Entity, seen: Entity): boolean {
  return entity.revision === seen.revision || entity.visibilityStatus === 'archived'
}

async function writeVerdict(
  store: Store,
  { held, entity: seen }: ClaimedReview,
  verdict: ReachedVerdict,
) {
  const conclusion = conclude(held, seen, verdict)
  const { entity, submission } = await store.submissions.conclude(held, seen, conclusion)
  if (submission && conclusion.promoted) await takeSlug(store, seen, conclusion.promoted)
  if (submission && verdict.outcome === 'block' && held.proposed.slug) {
    await store.entities.releaseSlugs(seen.id, 'proposed')
  }
  if (submission && verdict.takesDown) await hideLive(store, seen, submission)
  return { entity, submission }
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
