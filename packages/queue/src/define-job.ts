import type { z } from 'zod'

/**
 * A kind of background work: what is due, and how to do it.
 *
 * PostgreSQL knows what is due; the queue only hands it out. So a delivery may be lost or come twice,
 * and `run` must be safe to repeat. Deliveries carry ids, never what people wrote.
 */
export interface Job<Ports, Payload = never> {
  name: string
  payload: z.ZodType<Payload>
  /** Deliveries in flight at once, in each worker process. */
  concurrency: number
  /** Deliveries in flight at once in all processes together; as many as there are places if left out. */
  concurrencyMax?: number | undefined
  /** Names one delivery. While it waits or runs, the same key is not queued again. */
  key(payload: Payload): string
  /** Lower ones first; 0 goes before all others. */
  priority?(payload: Payload): number
  /** How often to ask what is due; every second unless said otherwise. */
  dispatchEveryMs?: number
  /** Work that should be in hand by now. */
  listDue(ports: Ports, limit: number): Promise<Payload[]>
  /** Does the work. Throws `QueueBusy` to keep every worker away from this queue for a while. */
  run(ports: Ports, payload: Payload, signal: AbortSignal): Promise<void>
}

/** Infers a job's payload from its schema. */
export function defineJob<Ports, Payload>(job: Job<Ports, Payload>): Job<Ports, Payload> {
  return job
}

/** Says that the world behind a queue asks for a pause. Nothing is lost: the row is due again later. */
export class QueueBusy extends Error {
  override readonly name = 'QueueBusy'
  readonly pauseMs: number

  constructor(pauseMs: number) {
    super(`The queue pauses for ${pauseMs} ms.`)
    this.pauseMs = pauseMs
  }
}
