import { retireOverdue } from '@countersign/core/approvals/tickets/retire-overdue'
import { sealAudit } from '@countersign/core/audit/seal-audit'
import type { IdempotencyKeys } from '@countersign/core/identity/idempotency-keys'
import { probeServed } from '@countersign/core/operations/probe-served'
import type { Ports } from '@countersign/core/ports'
import { driveBatches } from '@countersign/core/reviews/batches/drive-batches'
import type { BlobStore } from '@countersign/core/store/blob-store'
import { collectBlobs } from '@countersign/core/store/collect-blobs'
import type { RunningJob } from '@countersign/queue/start-job'
import type { Config } from '@countersign/runtime/config'
import type { WorkerPorts } from './compose.ts'
import { createCompareFaces } from './probe/compare-faces.ts'
import type { Sweep } from './sweep.ts'

/** A reader who was away for longer starts anew. */
const eventDays = 30
const eventBatch = 500

interface Swept {
  blobs: BlobStore
  keys: IdempotencyKeys
  /** Those who tell of events: they are woken by new ones. */
  tellers: readonly Pick<RunningJob, 'dispatch'>[]
  /** Who decides on what a batch has answered. */
  reviews: Pick<RunningJob, 'dispatch'>
  config: Config
}

/** The small regular work of a worker. */
export function listSweeps(ports: WorkerPorts, swept: Swept): Sweep[] {
  const { blobs, keys, tellers, reviews } = swept
  return [
    ...probeSweep(ports, swept),
    {
      name: 'fold-tallies',
      everyMs: 5_000,
      batch: Infinity,
      run: () => ports.store.submissions.foldTallies(),
    },
    { name: 'seal-audit', everyMs: 1_000, batch: 1_000, run: () => sealAudit(ports) },
    { name: 'retire-overdue', everyMs: 1_000, batch: 500, run: () => retireOverdue(ports) },
    {
      name: 'collect-blobs',
      everyMs: 600_000,
      batch: 100,
      run: () => collectBlobs({ ...ports, blobs }),
    },
    {
      name: 'sequence-events',
      everyMs: 250,
      batch: eventBatch,
      run: () => sequenceEvents(ports, tellers),
    },
    ...(['deliveries', 'notices', 'events'] as const).map((what) => ({
      name: `forget-${what}`,
      everyMs: 3_600_000,
      batch: Infinity,
      run: () => ports.store[what].deleteBefore(eventDays),
    })),
    {
      name: 'review-batches',
      everyMs: 2_000,
      batch: 1,
      run: (signal) => askInBatches(ports, reviews, signal),
    },
    { name: 'forget-keys', everyMs: 600_000, batch: Infinity, run: () => keys.forgetOld() },
  ]
}

/** Looks at what is served as a client does. Workers take turns at it. */
function probeSweep(ports: WorkerPorts, { config, blobs }: Swept): Sweep[] {
  const { PROBE_INTERVAL_S: everyS, PROBE_URL, PUBLIC_URL, HOST, PORT } = config
  if (everyS === 0) return []
  const url = PROBE_URL ?? PUBLIC_URL ?? `http://${HOST}:${PORT}`
  const compareFaces = createCompareFaces({ url, marketplaceName: config.MARKETPLACE_NAME, blobs })
  const run = () =>
    ports.locks.withEntity('served-probe', () => probeServed({ ...ports, compareFaces }, everyS))
  return [{ name: 'probe-served', everyMs: everyS * 1_000, batch: Infinity, run }]
}

/** Gives new events their place in the stream, and sees to it that they are told at once. */
async function sequenceEvents(
  { store }: Pick<Ports, 'store'>,
  tellers: readonly Pick<RunningJob, 'dispatch'>[],
): Promise<number> {
  const count = await store.events.sequence(eventBatch)
  if (count > 0) await Promise.all(tellers.map((teller) => teller.dispatch()))
  return count
}

/** Does the next thing about batches, and sees to it that what was answered is decided at once. */
async function askInBatches(
  ports: WorkerPorts,
  reviews: Pick<RunningJob, 'dispatch'>,
  signal: AbortSignal,
): Promise<number> {
  const count = await driveBatches(ports, signal)
  if (count > 0) await reviews.dispatch()
  return count
}
