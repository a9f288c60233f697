import { systemActor } from '../../identity/caller.ts'
import type { Ports } from '../../ports.ts'
import type { Store } from '../../repositories.ts'
import type { Entity } from '../../store/entity.ts'
import { recordSubmission } from '../../submissions/record-submission.ts'
import type { HoldReason } from '../../submissions/submission.ts'
import type { ReviewOutcome } from '../review-submission.ts'
import type { ReviewModel } from '../reviewer.ts'
import type { HeldReview } from './claimed-review.ts'

/** Why a review waits, and when to look again; `null` for: when an admin retries it. */
export interface Hold {
  reason: HoldReason
  dueInMs: number | null
}

const dayMs = 86_400_000
const budgetLookMs = 300_000
const pauseLookMs = 5_000

/** Why no review can be done now, by what is said of all of them; `undefined` if they can. */
export async function findHold(
  {
    store,
    reviewer,
    policy,
  }: Pick<Ports, 'store' | 'policy'> & { reviewer: Pick<ReviewModel, 'isReady'> },
  said: ReadonlyMap<string, unknown>,
): Promise<Hold | undefined> {
  if (said.get('paused') === true) {
    return { reason: 'paused', dueInMs: pauseLookMs }
  }
  if (!reviewer.isReady) return { reason: 'provider_not_ready', dueInMs: null }
  const isLimited = said.has('rate_limited_until')
  const leftMs = isLimited ? await store.settings.readLeftMs('rate_limited_until') : 0
  if (leftMs > 0) return { reason: 'rate_limited', dueInMs: leftMs }
  if (await isBudgetSpent(store, policy.budgetUsdPerDay, 0)) {
    return { reason: 'budget', dueInMs: budgetLookMs }
  }
  return undefined
}

/** Whether a cost would go beyond what may be spent in 24 hours. */
export async function isBudgetSpent(
  { verdicts }: Pick<Store, 'verdicts'>,
  budgetUsd: number | undefined,
  costUsd: number,
): Promise<boolean> {
  if (budgetUsd === undefined) return false
  const spentUsd = await verdicts.spentUsd(dayMs)
  return spentUsd >= budgetUsd || spentUsd + costUsd > budgetUsd
}

/** Says that a review cannot be paid for today. */
export class BudgetSpent extends Error {
  override readonly name = 'BudgetSpent'
  readonly hold: Hold = { reason: 'budget', dueInMs: budgetLookMs }
}

/** Gives a review back with the reason why it waits. No attempt is used up, and nothing is approved. */
export async function holdReview(
  { transact }: Pick<Ports, 'transact'>,
  held: HeldReview,
  entity: Entity,
  { reason, dueInMs }: Hold,
): Promise<ReviewOutcome> {
  await transact(async (store) => {
    const changes = { holdReason: reason, leaseId: null, dueInMs }
    const submission = await store.submissions.settle(held, changes)
    if (!submission || held.holdReason === reason) return
    const params = { hold_reason: reason, attempt: held.attempt }
    const change = { actor: systemActor, submission, entity, params }
    await recordSubmission(store, { action: 'held', ...change })
  })
  // A pause hands nothing out, so that the queue need not rest: resumed, it would rest on.
  return reason === 'rate_limited' && dueInMs ? { pauseMs: dueInMs } : {}
}

/** Puts on record that a held review goes on, and clears the reason. `undefined` if it was lost meanwhile. */
export async function recoverReview(
  { transact }: Pick<Ports, 'transact'>,
  held: HeldReview,
  entity: Entity,
): Promise<HeldReview | undefined> {
  if (held.holdReason === null) return held
  return transact(async (store) => {
    const submission = await store.submissions.settle(held, { holdReason: null })
    if (!submission) return undefined
    const params = { hold_reason: held.holdReason, attempt: held.attempt }
    const change = { actor: systemActor, submission, entity, params }
    await recordSubmission(store, { action: 'recovered', ...change })
    return { ...submission, leaseId: held.leaseId }
  })
}
