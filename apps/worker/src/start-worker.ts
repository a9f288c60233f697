import { startJob } from '@countersign/queue/start-job'
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
import { tellPeopleJob } from './jobs/tell-people.ts'
import { startSweep } from './sweep.ts'
import { listSweeps } from './sweeps.ts'

export interface RunningWorker {
  /** Where it shows its metrics, if it was told to. */
  metricsPort: number | undefined
  stop(): Promise<void>
}

/** What runs gets this long to finish before it is given back. */
const patienceMs = 15_000

/** Serves the jobs and the sweeps until stopped. */
export async function startWorker(
  config: Config & { DATABASE_URL: string },
  log: Logger,
  watching: Watching = {},
): Promise<RunningWorker> {
  const { ports, backend, blobs, keys, metrics, close } = await compose(config, log, watching)
  const { WORKER_CONCURRENCY: concurrency, REVIEW_CONCURRENCY_MAX: concurrencyMax } = config
  const hooks = {
    onError(error: unknown, context: { job: string }) {
      metrics.jobFailures.inc({ name: context.job })
      log.error({ err: error, ...context }, 'job failed')
    },
  }
  const tellers = [
    startJob(deliverWebhookJob, { ports, backend, hooks }),
    startJob(tellPeopleJob, { ports, backend, hooks }),
  ]
  const reviews = startJob(reviewSubmissionJob({ concurrency, concurrencyMax }), {
    ports,
    backend,
    hooks,
  })
  const jobs = [
    ...tellers,
    reviews,
    startJob(reviewApprovalJob, { ports, backend, hooks }),
    startJob(purgeBundleJob, { ports, backend, hooks }),
  ]
  const active = () => jobs.reduce((sum, job) => sum + job.active(), 0)
  const heartbeat = startHeartbeat(ports, { log, concurrency, active })
  const sweeps = listSweeps(ports, { blobs, keys, tellers, reviews, config }).map((sweep) =>
    startSweep(sweep, hooks),
  )
  const watched = await showMetrics(config, { metrics, isWell: heartbeat.isWell })
  log.info({ concurrency, model: ports.reviewer.model, ready: ports.reviewer.isReady }, 'working')

  const leave = async () => {
    // Sweeps hand work to jobs: a job that has closed its queue would keep them waiting for ever.
    await Promise.all(sweeps.map((sweep) => sweep.stop()))
    await Promise.all(jobs.map((job) => job.stop(patienceMs)))
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

async function showMetrics(
  { METRICS_PORT: port, METRICS_HOST: host }: Config,
  { metrics, isWell }: { metrics: Metrics; isWell(): boolean },
) {
  if (port === undefined) return undefined
  return serveMetrics({ port, host, registry: metrics.registry, isWell })
}
