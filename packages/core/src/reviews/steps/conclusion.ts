import { systemActor } from '../../identity/caller.ts'
import type { Entity } from '../../store/entity.ts'
import { planPromotion } from '../../store/promote-version.ts'
import {
  describeChange,
  type Recorded,
  type SubmissionAction,
} from '../../submissions/record-submission.ts'
import { type Submission, submissionMachine } from '../../submissions/submission.ts'
import type { VerdictKey } from '../verdict-repository.ts'
import type { HeldReview } from './claimed-review.ts'
import type { ReachedVerdict } from './reach-verdict.ts'

/** Everything that a verdict changes, and what goes on record of it. */
export interface Conclusion {
  verdict: Pick<Submission, 'status' | 'holdReason' | 'review' | 'severity'>
  /** The entity as it is then, if the version becomes the one that is served. */
  promoted: Entity | undefined
  /** What the review is kept under for others, unless it was theirs. */
  key: VerdictKey
  recorded: Recorded
}

const actionOf = {
  approve: 'approved',
  block: 'blocked_llm',
  escalate: 'needs_human',
} as const satisfies Record<ReachedVerdict['outcome'], SubmissionAction>

/** Says what a verdict comes to for a version of an entity. */
export function conclude(held: HeldReview, entity: Entity, reached: ReachedVerdict): Conclusion {
  const { outcome, holdReason, review, severity, key, reasons } = reached
  const status = submissionMachine.after('pending_llm', outcome)
  if (!status) throw new Error(`A verdict cannot ${outcome}.`)
  const verdict = { status, holdReason, review, severity }
  const isApproved = outcome === 'approve'
  const promotion = isApproved ? planPromotion(entity, held) : undefined
  const served = promotion?.promoted ?? entity
  const { entries, events } = describeChange({
    action: actionOf[outcome],
    actor: systemActor,
    submission: { ...held, ...verdict },
    entity: served,
    params: {
      prior_status: 'pending_llm',
      attempt: held.attempt,
      ...(isApproved ? { promoted_to_version_no: served.liveN } : { reasons }),
      ...(review.reusedFrom ? { reused_from: review.reusedFrom } : {}),
    },
  })
  const told = promotion ? [promotion.told, ...events] : events
  return { verdict, promoted: promotion?.promoted, key, recorded: { entries, events: told } }
}
