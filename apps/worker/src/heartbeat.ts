import { hostname } from 'node:os'
import { newId } from '@countersign/core/ids'
import type { Ports } from '@countersign/core/ports'
import type { Logger } from '@countersign/runtime/logger'

const beatEveryMs = 5_000
/** Without a beat for so long, something is wrong with this process, or with the database. */
const faintMs = 60_000

export interface Heartbeat {
  /** Whether the heart has beaten lately. */
  isWell(): boolean
  stop(): Promise<void>
}

/** Shows operators that this worker lives, until stopped. */
export function startHeartbeat(
  { store }: Pick<Ports, 'store'>,
  { log, concurrency, active }: { log: Logger; concurrency: number; active(): number },
): Heartbeat {
  const worker = { id: newId(), host: hostname(), pid: process.pid, concurrency }
  let beatenAt = performance.now()
  const beat = async () => {
    try {
      await store.workers.beat({ ...worker, active: active() })
      beatenAt = performance.now()
    } catch (error) {
      log.warn({ err: error }, 'heartbeat failed')
    }
  }
  const timer = setInterval(() => void beat(), beatEveryMs)
  void beat()
  return {
    isWell: () => performance.now() - beatenAt < faintMs,
    async stop() {
      clearInterval(timer)
      await store.workers.leave(worker.id).catch(() => {})
    },
  }
}
