import { retireOverdue } from '@countersign/core/approvals/tickets/retire-overdue'
import { sealAudit } from '@countersign/core/audit/seal-audit'
import type { Ports } from '@countersign/core/ports'
import { collectBlobs } from '@countersign/core/store/collect-blobs'
import { type RunningJob, startJob } from '@countersign/queue/start-job'
import type { Config } from '@countersign/runtime/config'
import type { Logger } from '@countersign/runtime/logger'
import type { Metrics } from '@countersign/runtime/telemetry/metrics'
import { serveMetrics } from '@countersign/runtime/telemetry/serve-metrics'
import { compose, type Watching } from './compose.ts'
import { startHeartbeat } from './heartbeat.ts'
import { deliverWebhookJob } from './jobs/deliver-webhook.ts'
import { purgeBundleJob } from './jobs/purge-bundle.ts'
import { reviewApprovalJob } from './jobs/review-approval.ts'
import { reviewSubmissionJob } from './jobs/review-submission.ts'
import { startSweep } from './sweep.ts'

export interface RunningWorker {
  /** Where it shows its metrics, if it was told to. */
  metricsPort: number | undefined
  stop(): Promise<void>
}

/** What runs gets this long to finish before it is given back. */
const patienceMs = 15_000
/** A reader who was away for longer starts anew. */
const eventDays = 30
const eventBatch = 500

/** Serves the jobs and the sweeps until stopped. */
export async function startWorker(
  config: Config & { DATABASE_URL: string },
  log: Logger,
  watching: Watching = {},
): Promise<RunningWorker> {
  const { ports, backend, blobs, keys, metrics, close } = await compose(config, log, watching)
  const concurrency = config.WORKER_CONCURRENCY
  const hooks = {
    onError(error: unknown, context: { job: string }) {
      metrics.jobFailures.inc({ job: context.job })
      log.error({ err: error, ...context }, 'job failed')
    },
  }
  const deliveries = startJob(deliverWebhookJob, { ports, backend, hooks })
  const jobs = [
    deliveries,
    startJob(reviewSubmissionJob(concurrency), { ports, backend, hooks }),
    startJob(reviewApprovalJob, { ports, backend, hooks }),
    startJob(purgeBundleJob, { ports, backend, hooks }),
  ]
  const active = () => jobs.reduce((sum, job) => sum + job.active(), 0)
  const heartbeat = startHeartbeat(ports, { log, concurrency, active })
  const sweeps = [
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
      run: () => sequenceEvents(ports, deliveries),
    },
    {
      name: 'forget-deliveries',
      everyMs: 3_600_000,
      batch: Infinity,
      run: () => ports.store.deliveries.deleteBefore(eventDays),
    },
    {
      name: 'forget-events',
      everyMs: 3_600_000,
      batch: Infinity,
      run: () => ports.store.events.deleteBefore(eventDays),
    },
    { name: 'forget-keys', everyMs: 600_000, batch: Infinity, run: () => keys.forgetOld() },
  ].map((sweep) => startSweep(sweep, hooks))
  const watched = await showMetrics(config, { metrics, isWell: heartbeat.isWell })
  log.info({ concurrency, model: ports.reviewer.model, ready: ports.reviewer.isReady }, 'working')

  const leave = async () => {
    await Promise.all([
      ...jobs.map((job) => job.stop(patienceMs)),
      ...sweeps.map((sweep) => sweep.stop()),
    ])
    await heartbeat.stop()
    await watched?.close()
    await close()
  }
  let leaving: Promise<void> | undefined
  return {
    metricsPort: watched?.port,
    stop() {
      leaving ??= leave()
      return leaving
    },
  }
}

/** Gives new events their place in the stream, and sees to it that they are told at once. */
async function sequenceEvents(
  { store }: Pick<Ports, 'store'>,
  deliveries: Pick<RunningJob, 'dispatch'>,
): Promise<number> {
  const count = await store.events.sequence(eventBatch)
  if (count > 0) await deliveries.dispatch()
  return count
}

async function showMetrics(
  { METRICS_PORT: port, METRICS_HOST: host }: Config,
  { metrics, isWell }: { metrics: Metrics; isWell(): boolean },
) {
  if (port === undefined) return undefined
  return serveMetrics({ port, host, registry: metrics.registry, isWell })
}
