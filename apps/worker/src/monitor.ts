import type { Monitor } from '@countersign/core/ports'
import type { Logger } from '@countersign/runtime/logger'
import type { Metrics } from '@countersign/runtime/telemetry/metrics'

/** Turns what happens into numbers and log lines. */
export function createMonitor(metrics: Metrics, log: Logger): Monitor {
  return {
    onReviewCall({ usage, durationMs, outcome, ...call }) {
      metrics.reviewCalls.inc({ outcome })
      metrics.reviewCallSeconds.observe(durationMs / 1000)
      metrics.reviewCostUsd.inc(usage.costUsd)
      metrics.reviewTokens.inc({ direction: 'input' }, usage.inputTokens)
      metrics.reviewTokens.inc({ direction: 'output' }, usage.outputTokens)
      metrics.reviewTokens.inc({ direction: 'cache_read' }, usage.cacheReadTokens)
      log.info({ ...call, outcome, durationMs, costUsd: usage.costUsd }, 'model asked')
    },
    onVerdict({ submissionId, status, attempt, createdAt, decidedAt }) {
      metrics.verdicts.inc({ status })
      // A later attempt is somebody's decision to look again; the wait for that says nothing of us.
      // Both moments are the database's, whatever this process believes the time to be.
      if (attempt === 1 && decidedAt) {
        metrics.verdictSeconds.observe((decidedAt.getTime() - createdAt.getTime()) / 1000)
      }
      log.info({ submissionId, status, attempt }, 'verdict reached')
    },
    onReviewRetry({ submissionId, reason }) {
      metrics.reviewRetries.inc({ reason })
      log.info({ submissionId, reason }, 'review put off')
    },
    onNobodyTold({ about, eventType, errors }) {
      log.warn({ about, eventType, errors }, 'nobody could be told')
    },
    onReviewCrash({ submissionId, error }) {
      log.error({ submissionId, err: error }, 'review failed')
    },
  }
}
