import type { Command, Risk } from './commands.ts'
import {
  type Outcome,
  promote,
  type Status,
  type StoreModel,
  settle,
  type VersionModel,
} from './store-model.ts'

/** Does to the model what a worker does that takes up what is due. */
export function takeUp(
  model: StoreModel,
  { entity: label, n, attempt, review }: Command & { do: 'take up' },
  seen: Outcome,
): Outcome {
  const entity = model.entities.get(label)
  const version = entity?.versions[n - 1]
  if (!entity || !version?.isDue || entity.visibility === 'archived') return 'nothing'
  if (version.attempt !== attempt) return 'nothing'
  Object.assign(version, { isDue: false, lease: review })
  const wasLive = entity.live === n && entity.visibility === 'approved'
  model.reviews.set(review, { entity: label, n, wasLive })
  // The same bytes were judged before: what was said of them is said again, and nobody is asked.
  const isReused = version.isRestored && version.attempt === 1 && seen !== 'asked'
  return isReused ? land(model, review, ['safe', 'high', 'critical'], seen) : 'asked'
}

/** Does to the model what a worker does that was answered. */
export function conclude(
  model: StoreModel,
  { review, risk }: Command & { do: 'conclude' },
  seen: Outcome,
): Outcome {
  return land(model, review, [risk], seen)
}

/** A verdict counts if its review still holds what it took up. A person may have to look at it first. */
function land(model: StoreModel, review: string, risks: readonly Risk[], seen: Outcome): Outcome {
  const held = model.reviews.get(review)
  model.reviews.delete(review)
  const entity = model.entities.get(held?.entity ?? '')
  const version = entity?.versions[(held?.n ?? 0) - 1]
  if (!held || !entity || version?.lease !== review || entity.visibility === 'archived') {
    return 'too late'
  }
  const found = risks.map((risk) => statusAfter(version, held.wasLive, risk))
  const status = found.find((candidate) => candidate === seen) ?? found[0] ?? 'needs_human'
  const isServed = entity.live === held.n && entity.visibility === 'approved'
  if (status === 'blocked_llm' && version.rescan && isServed) entity.visibility = 'hidden'
  settle(version, status)
  if (status === 'approved') promote(entity, held.n)
  return status
}

/** What is live goes out of service only for something critical, or at an admin's word. */
function statusAfter({ rescan }: VersionModel, wasLive: boolean, risk: Risk): Status {
  if (risk === 'failed') return 'review_error'
  if (risk === 'safe') return 'approved'
  const isSpared = rescan && wasLive && risk === 'high' && !rescan.hideOnFail
  return isSpared ? 'needs_human' : 'blocked_llm'
}
