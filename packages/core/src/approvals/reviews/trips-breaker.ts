import type { Outcome } from './approval-review.ts'

/** How many of a session's last reviews are looked at. */
export const breakerWindow = 50

const inARowMax = 3
const inWindowMax = 10

/**
 * Whether the model has denied a session too often: three times in a row, or ten of the last fifty. An
 * agent that runs into denial after denial is looking for a way around them. The newest comes first.
 */
export function tripsBreaker(outcomes: readonly Outcome[]): boolean {
  const isRow = outcomes.length >= inARowMax && outcomes.slice(0, inARowMax).every(isDenial)
  return isRow || outcomes.filter(isDenial).length >= inWindowMax
}

function isDenial(outcome: Outcome): boolean {
  return outcome === 'deny'
}
