import type { ServerResponse } from 'node:http'
import { openBlobStore } from '@countersign/bundles/blobs/open-blob-store'
import { createBundleShelf } from '@countersign/bundles/bundle-shelf'
import { requireMarketplaceName } from '@countersign/bundles/marketplace/require-marketplace-name'
import type { IdempotencyKeys } from '@countersign/core/identity/idempotency-keys'
import { vitalGauges } from '@countersign/core/operations/vitals'
import type { Ports } from '@countersign/core/ports'
import type { Reads } from '@countersign/core/reads'
import { reviewDelivery } from '@countersign/core/reviews/review-delivery'
import type { BlobStore } from '@countersign/core/store/blob-store'
import { createEntityLocks } from '@countersign/core/store/create-entity-locks'
import { openDatabase } from '@countersign/db/open-database'
import { createReads } from '@countersign/db/reads'
import { createIdempotencyKeys } from '@countersign/db/repositories/idempotency-keys'
import { createStore, createTransact } from '@countersign/db/store'
import { openChannels } from '@countersign/egress/channels/open-channels'
import { recordDecisions } from '@countersign/egress/guard/record-decisions'
import { setSandbox } from '@countersign/egress/guard/sandbox'
import { createWebhookSender } from '@countersign/egress/webhooks/create-webhook-sender'
import { createJobProducer } from '@countersign/queue/job-producer'
import { openQueueing } from '@countersign/queue/open-queueing'
import type { QueueBackend } from '@countersign/queue/queue-backend'
import { createRateLimiters, type RateLimiter } from '@countersign/queue/rate-limiter'
import type { Config } from '@countersign/runtime/config'
import type { Logger } from '@countersign/runtime/logger'
import { openScratchDir } from '@countersign/runtime/open-scratch-dir'
import { readPolicy } from '@countersign/runtime/read-policy'
import { createMetrics, type Metrics, measureLocks } from '@countersign/runtime/telemetry/metrics'
import { noTracing, type Tracing } from '@countersign/runtime/telemetry/tracing'
import { createIntake } from '@countersign/scanner/intake/create-intake'
import { type Changes, createChanges } from './live/changes.ts'
import { createLoginThrottle } from './login-throttle.ts'

/** What the API is built of. */
export type Services = Omit<
  Ports,
  'reviewer' | 'batchReviewer' | 'actionReviewer' | 'monitor' | 'channels'
> & {
  channels: ReturnType<typeof openChannels>
  config: Config
  log: Logger
  reads: Reads
  keys: IdempotencyKeys
  changes: Changes
  /** Responses that stay open: ended when the server is. */
  streams: Set<ServerResponse>
  /** Limits the requests of each principal; `undefined` if the operator limits none. */
  limiter: RateLimiter | undefined
  blobs: BlobStore
  scratchDir: string
  reviewModel: string
  metrics: Metrics
  tracing: Tracing
  countQueue(): Promise<Record<string, number>>
  /** Throws unless the database and the queue answer. */
  readiness(): Promise<void>
  close(): Promise<void>
}

/** What an entry point puts in the place of parts, or round all of them. */
export type Overrides = Partial<Services> & {
  /** Gives the parts as they are to be used: watched, delayed, or cut short. */
  around?(services: Services): Services
}

/** Builds everything that the API needs of the world. */
export async function compose(
  config: Config & { DATABASE_URL: string },
  log: Logger,
  { around = (services) => services, ...overrides }: Overrides = {},
): Promise<Services> {
  requireMarketplaceName(config.MARKETPLACE_NAME)
  const onError = (error: unknown) => log.warn({ err: error }, 'connection failed')
  setSandbox({ isOpen: config.TEST_WRITE_ENABLED, allowlist: config.TEST_WRITE_ALLOWLIST })
  const { tracing = noTracing, metrics = createMetrics() } = overrides
  const { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl } = config
  const engine = { redisUrl, databaseUrl, onError, isTraced: tracing.isOn }
  const { DATABASE_POOL_MAX: max, DATABASE_PREPARE: prepare } = config
  const scratchDir = await openScratchDir(config)
  const db = await openDatabase(databaseUrl, { max, prepare, onWait: onError })
  const store = createStore(db)
  const stopRecording = recordDecisions({ store, log })
  const { backend, lock, close: closeQueueing } = await openQueueing(engine)
  const queue = createReviewQueue(backend, onError)
  const limiters = createRateLimiters(engine)
  const blobs = openBlobStore(config)
  const reads = createReads(db)
  const changes = createChanges({ store, reads }, log)
  metrics.show(vitalGauges, reads.readVitals)
  const intake = createIntake({ blobs, store, scratchDir })

  return around({
    config,
    log,
    store,
    transact: createTransact(db),
    reads,
    keys: createIdempotencyKeys(db),
    intake,
    blobs,
    bundles: createBundleShelf(blobs),
    locks: measureLocks(createEntityLocks(lock, config.ENTITY_LOCK_WAIT_MS), metrics),
    reviewQueue: queue,
    loginThrottle: await createLoginThrottle(limiters),
    policy: readPolicy(config),
    channels: openChannels(config),
    webhookSender: createWebhookSender({ allowPrivate: config.WEBHOOK_ALLOW_PRIVATE }),
    changes,
    streams: new Set(),
    limiter: await createPrincipalLimiter(config, limiters),
    scratchDir,
    reviewModel: config.REVIEW_MODEL,
    metrics,
    tracing,
    countQueue: queue.count,
    readiness: async () => void (await Promise.all([db.$client`select 1`, backend.ping()])),
    async close() {
      stopRecording()
      await closeAll([changes, queue, limiters, { close: closeQueueing }])
      await db.$client.end({ timeout: 5 })
    },
    ...overrides,
  })
}

/** The queue as the API needs it: to announce reviews to, and to count. */
function createReviewQueue(backend: QueueBackend, onError: (error: Error) => void) {
  const queue = backend.createQueue(reviewDelivery.name, { failFast: true, onError })
  const produce = createJobProducer(reviewDelivery, queue)
  return {
    announce: (reviews: Parameters<typeof produce>[0]) => void produce(reviews).catch(onError),
    count: () => queue.getJobCounts('waiting', 'active', 'delayed', 'failed', 'prioritized'),
    close: () => queue.close(),
  }
}

/** One after the other: what is first may still use what comes later. */
async function closeAll(parts: readonly { close(): Promise<void> }[]): Promise<void> {
  for (const part of parts) await part.close()
}

async function createPrincipalLimiter(
  { RATE_LIMIT_PER_MINUTE: points }: Config,
  limiters: ReturnType<typeof createRateLimiters>,
): Promise<RateLimiter | undefined> {
  return points === 0 ? undefined : limiters.create({ name: 'requests', points, windowS: 60 })
}
