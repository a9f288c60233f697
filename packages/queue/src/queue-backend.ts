import type { Job as Delivery, JobsOptions } from 'bullmq'

/** What we use of a BullMQ queue, on whichever engine it stands. */
export interface WorkQueue {
  add(name: string, data: unknown, opts: JobsOptions): Promise<unknown>
  addBulk(jobs: { name: string; data: unknown; opts: JobsOptions }[]): Promise<unknown>
  getJobCounts(...states: CountedState[]): Promise<Record<string, number>>
  rateLimit(ms: number): Promise<void>
  setGlobalConcurrency(max: number): Promise<unknown>
  removeGlobalConcurrency(): Promise<unknown>
  close(): Promise<void>
}

export interface WorkConsumer {
  close(force?: boolean): Promise<void>
}

export type CountedState = 'waiting' | 'active' | 'delayed' | 'failed' | 'prioritized'

export interface ConsumerOptions {
  concurrency: number
  onError(error: Error): void
}

/** The engine that hands out work: Redis, or PostgreSQL where there is none. Both speak BullMQ. */
export interface QueueBackend {
  readonly engine: 'redis' | 'postgres'
  /** A queue to add to. `failFast`: refuses at once, rather than wait, while the engine is away. */
  createQueue(name: string, options: { failFast: boolean; onError(error: Error): void }): WorkQueue
  createConsumer(
    name: string,
    run: (delivery: Delivery, signal: AbortSignal) => Promise<void>,
    options: ConsumerOptions,
  ): WorkConsumer
  /** Whether the engine answers. */
  ping(): Promise<void>
  close(): Promise<void>
}

/** How long a silent worker keeps a delivery. The rows have leases of their own; this only tidies up. */
export const deliveryLock = {
  lockDuration: 30_000,
  stalledInterval: 15_000,
  maxStalledCount: 3,
} as const
