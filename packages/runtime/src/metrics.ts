import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export type { Registry }

/** The numbers that a process gives, each the answer to a question. */
export function createMetrics() {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  return { registry, ...createReviewMetrics(registers), ...createServiceMetrics(registers) }
}

function createReviewMetrics(registers: Registry[]) {
  return {
    /** What becomes of submissions? */
    verdicts: new Counter({
      name: 'countersign_verdicts_total',
      help: 'Verdicts reached, by the status they led to.',
      labelNames: ['status'] as const,
      registers,
    }),

    /** How long does a submitter wait for a verdict? */
    verdictSeconds: new Histogram({
      name: 'countersign_verdict_seconds',
      help: 'Time from submission to verdict.',
      buckets: [0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 900, 3600],
      registers,
    }),

    /** How does the provider answer? */
    reviewCalls: new Counter({
      name: 'countersign_review_calls_total',
      help: 'Calls to the reviewer model, by what came of them.',
      labelNames: ['outcome'] as const,
      registers,
    }),

    reviewCallSeconds: new Histogram({
      name: 'countersign_review_call_seconds',
      help: 'Duration of calls to the reviewer model.',
      buckets: [0.25, 0.5, 1, 2, 5, 10, 20, 40, 80, 160],
      registers,
    }),

    /** What do reviews cost? */
    reviewCostUsd: new Counter({
      name: 'countersign_review_cost_usd_total',
      help: 'Cost of calls to the reviewer model, in US dollars.',
      registers,
    }),

    reviewTokens: new Counter({
      name: 'countersign_review_tokens_total',
      help: 'Tokens of calls to the reviewer model.',
      labelNames: ['direction'] as const,
      registers,
    }),
  }
}

function createServiceMetrics(registers: Registry[]) {
  return {
    /** Is anything late? The one number to alert on. */
    oldestDueSeconds: new Gauge({
      name: 'countersign_oldest_due_seconds',
      help: 'Age of the oldest review that is due and untouched.',
      registers,
    }),

    /** How is the API? */
    requestSeconds: new Histogram({
      name: 'countersign_http_request_seconds',
      help: 'Duration of requests, by route and status.',
      labelNames: ['method', 'route', 'status'] as const,
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
  }
}

export type Metrics = ReturnType<typeof createMetrics>
