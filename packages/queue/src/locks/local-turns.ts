import { LockTimeout } from './entity-lock.ts'
import { inTime } from './in-time.ts'

/**
 * Lines up the work of this process on one key, first come first served, so that however many wait
 * here, one at most waits outside. Keys never wait for each other.
 */
export function createLocalTurns() {
  const lines = new Map<string, Promise<void>>()

  return {
    /** Waits for the turn; gives what ends it, and how long the wait may still go on elsewhere. */
    async take(key: string, waitMs: number): Promise<{ end(): void; leftMs: number }> {
      const ahead = lines.get(key) ?? Promise.resolve()
      const { promise: mine, resolve: end } = Promise.withResolvers<void>()
      const line = ahead.then(() => mine)
      lines.set(key, line)
      void line.then(() => lines.get(key) === line && lines.delete(key))

      const startedAt = performance.now()
      const isMine = await inTime(
        ahead.then(() => true),
        waitMs,
      )
      if (!isMine) {
        end()
        throw new LockTimeout('The turn did not come in time.')
      }
      return { end, leftMs: Math.max(0, waitMs - (performance.now() - startedAt)) }
    },
  }
}
