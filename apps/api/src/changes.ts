import { setTimeout as sleep } from 'node:timers/promises'

/** How often somebody who waits for a change looks again. */
const lookEveryMs = 200

export interface Changes {
  /** Reads until it is what was waited for, or the wait is over; gives the last reading. */
  waitFor<T>(
    read: () => Promise<T>,
    isOver: (value: T) => boolean,
    options: { waitMs: number; signal: AbortSignal },
  ): Promise<T>
}

/** Waits for changes by looking at the rows. */
export function createChanges(): Changes {
  return {
    async waitFor(read, isOver, { waitMs, signal }) {
      const deadline = performance.now() + waitMs
      for (;;) {
        const value = await read()
        const leftMs = deadline - performance.now()
        if (isOver(value) || leftMs <= 0 || signal.aborted) return value
        await sleep(Math.min(lookEveryMs, leftMs), undefined, { signal }).catch(() => {})
      }
    },
  }
}
