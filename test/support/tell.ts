import { Writable } from 'node:stream'
import { listDueNotices } from '@countersign/core/notices/list-due-notices'
import { tellPeople } from '@countersign/core/notices/tell-people'
import type { Database } from '@countersign/db/client'
import { createStore } from '@countersign/db/store'
import { openChannels } from '@countersign/egress/channels/open-channels'
import { loadConfig } from '@countersign/runtime/config'
import { createLogger } from '@countersign/runtime/logger'
import { createMetrics } from '@countersign/runtime/telemetry/metrics'
import { createMonitor } from '@countersign/worker/monitor'

const { signal: never } = new AbortController()

/**
 * Tells people what happened in a database, as a worker would, at the moment when the test says so.
 * `lines` is what the worker logs.
 */
export function createTeller(db: Database, env: NodeJS.Dict<string>) {
  const lines: Record<string, unknown>[] = []
  const write = (chunk: Buffer, _: unknown, done: () => void) => {
    lines.push(JSON.parse(chunk.toString()))
    done()
  }
  const store = createStore(db)
  const log = createLogger('test', 'info', { destination: new Writable({ write }) })
  const ports = {
    store,
    channels: openChannels(loadConfig(env)),
    monitor: createMonitor(createMetrics(), log),
  }
  return {
    lines,
    /** Tells all that is due; gives what became of every notice so far, oldest first. */
    async tellAll(signal: AbortSignal = never): Promise<string[]> {
      await store.events.sequence(1_000)
      for (const due of await listDueNotices(ports, 1_000)) await tellPeople(ports, due, signal)
      const rows = await db.$client<{ status: string }[]>`select status from notices order by id`
      return rows.map(({ status }) => status)
    },
    /** Makes whatever is tried again later due now. */
    async hurry(): Promise<void> {
      await db.$client`update notices set due_at = now() where due_at is not null`
    },
  }
}
