import { hostname } from 'node:os'
import { newId } from '@countersign/core/ids'
import type { Ports } from '@countersign/core/ports'
import type { Logger } from '@countersign/runtime/logger'

const beatEveryMs = 5_000
/** A beat that came to no end for so long hangs on a dead line, which only a new process is rid of. */
const faintMs = 60_000

export interface Heartbeat {
  /** Whether the heart goes on trying. A database that refuses it is no fault of this process. */
  isWell(): boolean
  stop(): Promise<void>
}

/** Shows operators that this worker lives, until stopped. */
export function startHeartbeat(
  { store }: Pick<Ports, 'store'>,
  { log, concurrency, active }: { log: Logger; concurrency: number; active(): number },
): Heartbeat {
  const worker = { id: newId(), host: hostname(), pid: process.pid, concurrency }
  let triedAt = performance.now()
  const beat = async () => {
    try {
      await store.workers.beat({ ...worker, active: active() })
    } catch (error) {
      log.warn({ err: error }, 'heartbeat failed')
    }
    triedAt = performance.now()
  }
  const timer = setInterval(() => void beat(), beatEveryMs)
  void beat()
  return {
    isWell: () => performance.now() - triedAt < faintMs,
    async stop() {
      clearInterval(timer)
      await store.workers.leave(worker.id).catch(() => {})
    },
  }
}
