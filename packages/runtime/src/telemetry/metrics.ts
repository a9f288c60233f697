import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import { type StateGauge, showState } from './state-gauges.ts'

export type { Registry }

/** The numbers that a process counts itself, each the answer to the question that its help asks. */
export function createMetrics() {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  return {
    registry,
    ...createReviewMetrics(registers),
    ...createCallMetrics(registers),
    ...createServiceMetrics(registers),
    /** Adds numbers that are the same in every process, read where they are kept. */
    show<State>(gauges: readonly StateGauge<State>[], read: () => Promise<State>): void {
      showState(registry, gauges, read)
    },
  }
}

export type Metrics = ReturnType<typeof createMetrics>

function createReviewMetrics(registers: Registry[]) {
  return {
    verdicts: new Counter({
      name: 'countersign_verdicts_total',
      help: 'What becomes of submissions? Verdicts reached, by the status they led to.',
      labelNames: ['status'] as const,
      registers,
    }),

    verdictSeconds: new Histogram({
      name: 'countersign_verdict_seconds',
      help: 'How long does a submitter wait? Time from submission to the first verdict.',
      buckets: [0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 900, 3600],
      registers,
    }),

    reviewRetries: new Counter({
      name: 'countersign_review_retries_total',
      help: 'How often is a review tried again? Attempts without a verdict, by what stopped them.',
      labelNames: ['reason'] as const,
      registers,
    }),

    jobFailures: new Counter({
      name: 'countersign_job_failures_total',
      help: 'Does our own work fail? Jobs and sweeps that threw, by name.',
      labelNames: ['name'] as const,
      registers,
    }),
  }
}

function createCallMetrics(registers: Registry[]) {
  return {
    reviewCalls: new Counter({
      name: 'countersign_review_calls_total',
      help: 'How does the provider answer? Calls to the reviewer model, by what came of them.',
      labelNames: ['outcome'] as const,
      registers,
    }),

    reviewCallSeconds: new Histogram({
      name: 'countersign_review_call_seconds',
      help: 'How fast does the provider answer? Duration of calls to the reviewer model.',
      buckets: [0.25, 0.5, 1, 2, 5, 10, 20, 40, 80, 160],
      registers,
    }),

    reviewCostUsd: new Counter({
      name: 'countersign_review_cost_usd_total',
      help: 'What do reviews cost? Cost of calls to the reviewer model, in US dollars.',
      registers,
    }),

    reviewTokens: new Counter({
      name: 'countersign_review_tokens_total',
      help: 'How much is read? Tokens of calls to the reviewer model, by direction.',
      labelNames: ['direction'] as const,
      registers,
    }),
  }
}

function createServiceMetrics(registers: Registry[]) {
  return {
    requestSeconds: new Histogram({
      name: 'countersign_http_request_seconds',
      help: 'How is the API? Duration of requests, by method, route and status.',
      labelNames: ['method', 'route', 'status'] as const,
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),

    lockWaitSeconds: new Histogram({
      name: 'countersign_entity_lock_wait_seconds',
      help: 'Do edits wait for each other? Time until an entity was free, by whether it became so.',
      labelNames: ['outcome'] as const,
      buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10],
      registers,
    }),
  }
}

/** Locks whose waits are measured. */
export function measureLocks<
  Locks extends {
    withEntity<T>(entityId: string, work: (signal: AbortSignal) => Promise<T>): Promise<T>
  },
>(locks: Locks, { lockWaitSeconds }: Pick<Metrics, 'lockWaitSeconds'>): Locks {
  return {
    ...locks,
    async withEntity<T>(entityId: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
      const since = performance.now()
      let isHeld = false
      const observe = (outcome: string) =>
        lockWaitSeconds.observe({ outcome }, (performance.now() - since) / 1000)
      try {
        return await locks.withEntity(entityId, (signal) => {
          isHeld = true
          observe('held')
          return work(signal)
        })
      } finally {
        if (!isHeld) observe('gave_up')
      }
    },
  }
}
