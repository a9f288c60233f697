/** How long to wait where the provider does not say. */
const defaultMs = 5_000

/** Coming back sooner than this would only be refused again. */
const shortestMs = 250

/** Nobody is kept waiting longer than this by a header. */
const longestMs = 15 * 60_000

/**
 * How long the provider asks to be left alone: `retry-after-ms`, or `retry-after` in seconds or as a
 * date.
 *
 * Without a header that makes sense it is five seconds and up to as many again at random, so that
 * workers do not come back all at once.
 */
export function readRetryAfter(
  headers: Headers | undefined,
  { now = Date.now(), random = Math.random() }: { now?: number; random?: number } = {},
): number {
  const asked =
    toMs(headers?.get('retry-after-ms'), 1) ??
    toMs(headers?.get('retry-after'), 1000) ??
    untilDate(headers?.get('retry-after'), now)
  if (asked === undefined) return Math.round(defaultMs * (1 + random))
  return Math.min(Math.max(Math.ceil(asked), shortestMs), longestMs)
}

function toMs(value: string | null | undefined, unitMs: number): number | undefined {
  return value && /^\d+(\.\d+)?$/.test(value.trim()) ? Number(value) * unitMs : undefined
}

function untilDate(value: string | null | undefined, now: number): number | undefined {
  const date = /[a-z]/i.test(value ?? '') ? Date.parse(value ?? '') : Number.NaN
  return Number.isNaN(date) ? undefined : date - now
}
