import { hostname } from 'node:os'
import { newId } from '@countersign/core/ids'
import type { Ports } from '@countersign/core/ports'
import type { Logger } from '@countersign/runtime/logger'

const beatEveryMs = 5_000

/** Shows operators that this worker lives, until stopped. */
export function startHeartbeat(
  { store }: Pick<Ports, 'store'>,
  { log, concurrency, active }: { log: Logger; concurrency: number; active(): number },
): { stop(): Promise<void> } {
  const worker = { id: newId(), host: hostname(), pid: process.pid, concurrency }
  const beat = () =>
    store.workers
      .beat({ ...worker, active: active() })
      .catch((error) => log.warn({ err: error }, 'heartbeat failed'))
  const timer = setInterval(() => void beat(), beatEveryMs)
  void beat()
  return {
    async stop() {
      clearInterval(timer)
      await store.workers.leave(worker.id).catch(() => {})
    },
  }
}
