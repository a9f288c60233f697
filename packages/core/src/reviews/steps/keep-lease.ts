import type { Store } from '../../repositories.ts'
import type { HeldReview } from './claimed-review.ts'

/** A worker that dies is replaced after this. */
export const leaseMs = 30_000
const extendEveryMs = 8_000

/**
 * Holds on to a claimed review until ended. The signal aborts when the lease was lost, or when
 * `stopping` does: then nobody waits for the answer any more.
 */
export function keepLease(
  { submissions }: Pick<Store, 'submissions'>,
  { id, leaseId }: HeldReview,
  stopping: AbortSignal,
): { signal: AbortSignal; end(): void } {
  const lost = new AbortController()
  let heldUntil = performance.now() + leaseMs
  const extend = async () => {
    const asked = performance.now()
    const isHeld = await submissions.extendLease(id, leaseId, leaseMs)
    if (isHeld) heldUntil = asked + leaseMs
    else lost.abort(new Error('The lease was lost.'))
  }
  const timer = setInterval(() => {
    // Where the database does not answer, the lease is over when its time is.
    void extend().catch(() => {
      if (performance.now() > heldUntil) lost.abort(new Error('The lease ran out.'))
    })
  }, extendEveryMs)
  return {
    signal: AbortSignal.any([stopping, lost.signal]),
    end: () => clearInterval(timer),
  }
}
