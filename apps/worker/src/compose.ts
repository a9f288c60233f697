import { join } from 'node:path'
import { openBlobStore } from '@countersign/bundles/blobs/open-blob-store'
import { createBundleShelf } from '@countersign/bundles/bundle-shelf'
import type { IdempotencyKeys } from '@countersign/core/identity/idempotency-keys'
import type { Monitor, Ports } from '@countersign/core/ports'
import type { BlobStore } from '@countersign/core/store/blob-store'
import { createEntityLocks } from '@countersign/core/store/create-entity-locks'
import { openDatabase } from '@countersign/db/open-database'
import { createIdempotencyKeys } from '@countersign/db/repositories/idempotency-keys'
import { createStore, createTransact } from '@countersign/db/store'
import { recordDecisions } from '@countersign/egress/guard/record-decisions'
import { setSandbox } from '@countersign/egress/guard/sandbox'
import { createWebhookSender } from '@countersign/egress/webhooks/create-webhook-sender'
import { openQueueing } from '@countersign/queue/open-queueing'
import type { QueueBackend } from '@countersign/queue/queue-backend'
import { createAnthropicReviewer } from '@countersign/reviewer/anthropic-reviewer'
import type { Config } from '@countersign/runtime/config'
import type { Logger } from '@countersign/runtime/logger'
import { createMetrics, type Metrics } from '@countersign/runtime/metrics'
import { readPolicy } from '@countersign/runtime/read-policy'
import { createIntake } from '@countersign/scanner/intake/create-intake'

/** What jobs are given. */
export type WorkerPorts = Omit<Ports, 'loginThrottle' | 'reviewQueue'>

export interface Composed {
  ports: WorkerPorts
  backend: QueueBackend
  blobs: BlobStore
  keys: IdempotencyKeys
  metrics: Metrics
  close(): Promise<void>
}

/** Builds everything that the worker needs of the world. */
export async function compose(
  config: Config & { DATABASE_URL: string },
  log: Logger,
): Promise<Composed> {
  const onError = (error: Error) => log.warn({ err: error }, 'connection failed')
  setSandbox({ isOpen: config.TEST_WRITE_ENABLED, allowlist: config.TEST_WRITE_ALLOWLIST })
  const db = await openDatabase(config.DATABASE_URL, {
    max: config.DATABASE_POOL_MAX,
    prepare: config.DATABASE_PREPARE,
  })
  const store = createStore(db)
  const stopRecording = recordDecisions({ store, log })
  const { backend, lock, close } = await openQueueing({
    redisUrl: config.REDIS_URL,
    databaseUrl: config.DATABASE_URL,
    onError,
  })
  const blobs = openBlobStore(config)
  const intake = createIntake({ blobs, store, scratchDir: join(config.DATA_DIR, 'scratch') })
  const metrics = createMetrics()

  return {
    ports: {
      store,
      transact: createTransact(db),
      intake,
      bundles: createBundleShelf(blobs),
      locks: createEntityLocks(lock, config.ENTITY_LOCK_WAIT_MS),
      reviewer: createAnthropicReviewer({
        apiKey: config.ANTHROPIC_API_KEY,
        baseUrl: config.ANTHROPIC_BASE_URL,
        model: config.REVIEW_MODEL,
        timeoutMs: config.REVIEW_TIMEOUT_MS,
      }),
      policy: readPolicy(config),
      webhookSender: createWebhookSender({ allowPrivate: config.WEBHOOK_ALLOW_PRIVATE }),
      monitor: createMonitor(metrics, log),
    },
    backend,
    blobs,
    keys: createIdempotencyKeys(db),
    metrics,
    async close() {
      stopRecording()
      await intake.close()
      await close()
      await db.$client.end({ timeout: 5 })
    },
  }
}

/** Turns what happens into numbers and log lines. */
function createMonitor(metrics: Metrics, log: Logger): Monitor {
  return {
    onReviewCall({ usage, durationMs, outcome, ...call }) {
      metrics.reviewCalls.inc({ outcome })
      metrics.reviewCallSeconds.observe(durationMs / 1000)
      metrics.reviewCostUsd.inc(usage.costUsd)
      metrics.reviewTokens.inc({ direction: 'input' }, usage.inputTokens)
      metrics.reviewTokens.inc({ direction: 'output' }, usage.outputTokens)
      log.info({ ...call, outcome, durationMs, costUsd: usage.costUsd }, 'model asked')
    },
    onVerdict({ status, createdAt }) {
      metrics.verdicts.inc({ status })
      metrics.verdictSeconds.observe((Date.now() - createdAt.getTime()) / 1000)
      log.info({ status }, 'verdict reached')
    },
    onReviewCrash({ submissionId, error }) {
      log.error({ submissionId, err: error }, 'review failed')
    },
  }
}
