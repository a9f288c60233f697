const second = 1_000
const minute = 60 * second
const hour = 60 * minute

/** When a delivery is tried, counted from its beginning. The last try is a day after the first. */
const tryAfterMs = [
  0,
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
]

/** How far a pause may stray, so that what failed together does not come back together. */
const jitter = 0.1
const retryAfterMaxMs = 24 * hour

/**
 * The pause after the `attempts`-th try has failed; `undefined` if it was the last. Never shorter than
 * the receiver asked for.
 */
export function retryDelayMs(
  attempts: number,
  { retryAfterMs = 0, random = Math.random() }: { retryAfterMs?: number; random?: number } = {},
): number | undefined {
  const [from, to] = [tryAfterMs[attempts - 1], tryAfterMs[attempts]]
  if (from === undefined || to === undefined) return undefined
  const pauseMs = (to - from) * (1 - jitter + 2 * jitter * random)
  return Math.round(Math.max(pauseMs, Math.min(retryAfterMs, retryAfterMaxMs)))
}
