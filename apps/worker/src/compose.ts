import { openBlobStore } from '@countersign/bundles/blobs/open-blob-store'
import { createBundleShelf } from '@countersign/bundles/bundle-shelf'
import type { IdempotencyKeys } from '@countersign/core/identity/idempotency-keys'
import { vitalGauges } from '@countersign/core/operations/vitals'
import type { Ports } from '@countersign/core/ports'
import type { Reads } from '@countersign/core/reads'
import type { BlobStore } from '@countersign/core/store/blob-store'
import { createEntityLocks } from '@countersign/core/store/create-entity-locks'
import { openDatabase } from '@countersign/db/open-database'
import { createEntityReads } from '@countersign/db/queries/entity-reads'
import { createServedReads } from '@countersign/db/queries/served-reads'
import { createVitalsReads } from '@countersign/db/queries/vitals-reads'
import { createIdempotencyKeys } from '@countersign/db/repositories/idempotency-keys'
import { createStore, createTransact } from '@countersign/db/store'
import { openChannels } from '@countersign/egress/channels/open-channels'
import { recordDecisions } from '@countersign/egress/guard/record-decisions'
import { setSandbox } from '@countersign/egress/guard/sandbox'
import { createWebhookSender } from '@countersign/egress/webhooks/create-webhook-sender'
import { openQueueing } from '@countersign/queue/open-queueing'
import type { QueueBackend } from '@countersign/queue/queue-backend'
import { createActionReviewer } from '@countersign/reviewer/action-reviewer'
import { createAnthropicReviewer } from '@countersign/reviewer/anthropic-reviewer'
import { createBatchReviewer } from '@countersign/reviewer/batch-reviewer'
import type { Config } from '@countersign/runtime/config'
import type { Logger } from '@countersign/runtime/logger'
import { openScratchDir } from '@countersign/runtime/open-scratch-dir'
import { readPolicy } from '@countersign/runtime/read-policy'
import { createMetrics, type Metrics, measureLocks } from '@countersign/runtime/telemetry/metrics'
import { noTracing, type Tracing } from '@countersign/runtime/telemetry/tracing'
import { createIntake } from '@countersign/scanner/intake/create-intake'
import { createMonitor } from './monitor.ts'
import { traceReviewer } from './trace-reviewer.ts'

/** What jobs are given. */
export type WorkerPorts = Omit<Ports, 'loginThrottle' | 'reviewQueue'> & {
  reads: Pick<Reads, 'listServed' | 'listEntities'>
}

export interface Composed {
  ports: WorkerPorts
  backend: QueueBackend
  blobs: BlobStore
  keys: IdempotencyKeys
  metrics: Metrics
  close(): Promise<void>
}

/** How the worker is watched, where it shares that with the API in one process. */
export interface Watching {
  metrics?: Metrics
  tracing?: Tracing
  /** Gives the ports as jobs are to use them: watched, delayed, or cut short. */
  around?(ports: WorkerPorts): WorkerPorts
}

/** Builds everything that the worker needs of the world. */
export async function compose(
  config: Config & { DATABASE_URL: string },
  log: Logger,
  { tracing = noTracing, metrics, around = (ports) => ports }: Watching = {},
): Promise<Composed> {
  const onError = (error: unknown) => log.warn({ err: error }, 'connection failed')
  setSandbox({ isOpen: config.TEST_WRITE_ENABLED, allowlist: config.TEST_WRITE_ALLOWLIST })
  const scratchDir = await openScratchDir(config)
  const db = await openDatabase(config.DATABASE_URL, {
    max: config.DATABASE_POOL_MAX,
    prepare: config.DATABASE_PREPARE,
    onWait: onError,
  })
  const store = createStore(db)
  const stopRecording = recordDecisions({ store, log })
  const { backend, lock, close } = await openQueueing({
    redisUrl: config.REDIS_URL,
    databaseUrl: config.DATABASE_URL,
    onError,
    isTraced: tracing.isOn,
  })
  const blobs = openBlobStore(config)
  const intake = createIntake({ blobs, store, scratchDir })
  const provider = {
    apiKey: config.ANTHROPIC_API_KEY,
    baseUrl: config.ANTHROPIC_BASE_URL,
    model: config.REVIEW_MODEL,
    timeoutMs: config.REVIEW_TIMEOUT_MS,
  }
  const watched = metrics ?? createWatched(createVitalsReads(db))

  return {
    ports: around({
      store,
      transact: createTransact(db),
      reads: { ...createServedReads(db), ...createEntityReads(db) },
      intake,
      bundles: createBundleShelf(blobs),
      locks: measureLocks(createEntityLocks(lock, config.ENTITY_LOCK_WAIT_MS), watched),
      reviewer: traceReviewer(createAnthropicReviewer(provider), tracing),
      batchReviewer: createBatchReviewer(provider),
      actionReviewer: createActionReviewer(provider),
      policy: readPolicy(config),
      webhookSender: createWebhookSender({ allowPrivate: config.WEBHOOK_ALLOW_PRIVATE }),
      channels: openChannels(config),
      monitor: createMonitor(watched, log),
    }),
    backend,
    blobs,
    keys: createIdempotencyKeys(db),
    metrics: watched,
    async close() {
      stopRecording()
      await close()
      await db.$client.end({ timeout: 5 })
    },
  }
}

/** The metrics of a process of its own, with what the database knows of the service. */
function createWatched({ readVitals }: ReturnType<typeof createVitalsReads>): Metrics {
  const metrics = createMetrics()
  metrics.show(vitalGauges, readVitals)
  return metrics
}
