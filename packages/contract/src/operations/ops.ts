import { Id } from '@countersign/core/ids'
import type { JobCounts } from '@countersign/core/operations/job-counts'
import type { OpsState, RuleRecord, VerdictTimes } from '@countersign/core/reads'
import { z } from 'zod'
import { Moment, viewMoment } from '../page.ts'
import { JobCountsView, viewJobCounts } from './job.ts'
import { VerdictTimesView, viewVerdictTimes } from './verdict-times.ts'

/** How the service is, for whoever runs it. */
export const OpsView = z
  .object({
    queue: z.object({
      waiting: z.int(),
      active: z.int(),
      delayed: z.int(),
      failed: z.int(),
      oldest_wait_ms: z.int().nullable(),
      paused: z.boolean(),
    }),
    jobs: z.array(JobCountsView).describe('How much there is to do, as the rows say.'),
    verdicts: VerdictTimesView,
    workers: z.array(
      z.object({
        id: Id,
        host: z.string(),
        pid: z.int(),
        active: z.int(),
        concurrency: z.int(),
        started_at: Moment,
        seen_at: Moment,
      }),
    ),
    reviewer: z.object({
      ready: z.boolean(),
      reason: z.string().nullable(),
      model: z.string(),
      rate_limited_until: Moment.nullable(),
      spend_usd_24h: z.number(),
      tokens_24h: z.int(),
    }),
    held: z.int(),
    oldest_held_ms: z
      .int()
      .nullable()
      .describe('Age of the oldest submission that needs a person, or is held for one.'),
    held_target_ms: z
      .int()
      .nullable()
      .describe('How soon people should act on it: `HELD_TARGET_HOURS`; null without a target.'),
    appealed: z.int().describe('Refused submissions that somebody wants looked at again.'),
    rules: z
      .array(
        z.object({
          rule_id: z.string(),
          blocked: z.int().describe('Bundles that it stopped.'),
          overruled: z.int().describe('Those that an admin let through all the same.'),
          precision: z
            .number()
            .nullable()
            .describe('The share that stood; null if it stopped none.'),
          suppressed: z.int().describe('Suppressions of it that hold now.'),
        }),
      )
      .describe('How right each rule was.'),
  })
  .meta({ id: 'Ops' })
export type OpsView = z.infer<typeof OpsView>

const hourMs = 3_600_000

export function viewOps({
  state,
  queue,
  isConfigured,
  model,
  rules,
  jobs,
  verdicts,
  heldTargetHours,
}: {
  state: OpsState
  queue: Record<string, number>
  isConfigured: boolean
  model: string
  rules: readonly RuleRecord[]
  jobs: readonly JobCounts[]
  verdicts: VerdictTimes
  heldTargetHours: number | undefined
}): OpsView {
  const reviews = jobs.find(({ name }) => name === 'review-submission')
  const reason = isConfigured ? state.reviewerRefusal : 'ANTHROPIC_API_KEY is not set.'
  return {
    queue: {
      waiting: (queue.waiting ?? 0) + (queue.prioritized ?? 0),
      active: queue.active ?? 0,
      delayed: queue.delayed ?? 0,
      failed: queue.failed ?? 0,
      oldest_wait_ms: reviews?.oldestWaitMs ?? null,
      paused: state.isPaused,
    },
    jobs: jobs.map(viewJobCounts),
    verdicts: viewVerdictTimes(verdicts),
    workers: state.workers.map(({ startedAt, seenAt, ...worker }) => ({
      ...worker,
      started_at: viewMoment(startedAt),
      seen_at: viewMoment(seenAt),
    })),
    reviewer: {
      ready: reason === null,
      reason,
      model,
      rate_limited_until: viewMoment(state.rateLimitedUntil),
      spend_usd_24h: state.spendUsd24h,
      tokens_24h: state.tokens24h,
    },
    held: state.held,
    oldest_held_ms: state.oldestHeldMs,
    held_target_ms: heldTargetHours === undefined ? null : heldTargetHours * hourMs,
    appealed: state.appealed,
    rules: rules.map(viewRule),
  }
}

function viewRule({ ruleId, blocked, overruled, suppressed }: RuleRecord) {
  const precision = blocked === 0 ? null : (blocked - overruled) / blocked
  return { rule_id: ruleId, blocked, overruled, precision, suppressed }
}
