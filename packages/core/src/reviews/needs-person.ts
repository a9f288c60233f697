import type { CapabilityDelta, CapabilityName } from '../capabilities/capabilities.ts'

/**
 * Whether a person has to look even where the model approves: for a new capability that the operator
 * named, or a static finding of tier `human` while `flagged` is named.
 */
export function needsPerson(
  { delta, isFlagged }: { delta: CapabilityDelta; isFlagged: boolean },
  humanReviewFor: readonly string[],
): boolean {
  if (humanReviewFor.includes('none')) return false
  if (humanReviewFor.includes('all')) return true
  if (isFlagged && humanReviewFor.includes('flagged')) return true
  return humanReviewFor.some((name) => delta[name as CapabilityName]?.added.length)
}
