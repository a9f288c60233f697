import { type Job as Delivery, RateLimitError } from 'bullmq'
import { type Job, QueueBusy } from './define-job.ts'
import { createJobProducer } from './job-producer.ts'
import type { QueueBackend, WorkQueue } from './queue-backend.ts'

export interface RunningJob {
  /** How many deliveries run in this process at the moment. */
  active(): number
  /** Looks for what is due now, rather than at the next tick. */
  dispatch(): Promise<void>
  /** Takes no more, lets what runs finish within the patience, then aborts it. */
  stop(patienceMs: number): Promise<void>
}

export interface JobHooks {
  onError(error: unknown, context: { job: string; payload?: unknown }): void
}

const dispatchEveryMs = 1_000
const dueMax = 500
/** How long a delivery that was handed out is trusted to be in the queue. */
const trustedMs = 5_000

/** Serves one kind of job until stopped: hands out what is due, and runs what is handed out. */
export function startJob<Ports, Payload>(
  job: Job<Ports, Payload>,
  { ports, backend, hooks }: { ports: Ports; backend: QueueBackend; hooks: JobHooks },
): RunningJob {
  const onError = (error: unknown) => hooks.onError(error, { job: job.name })
  const queue = backend.createQueue(job.name, { failFast: true, onError })
  const stopping = new AbortController()
  const running = new Set<Promise<void>>()

  const run = async (delivery: Delivery, signal: AbortSignal) => {
    const work = deliver(job, ports, queue, delivery, AbortSignal.any([signal, stopping.signal]))
    const settled = work.catch((error) => {
      if (error instanceof RateLimitError) return
      hooks.onError(error, { job: job.name, payload: delivery.data })
    })
    running.add(settled)
    await settled.finally(() => running.delete(settled))
    await work
  }
  const consumer = backend.createConsumer(job.name, run, { concurrency: job.concurrency, onError })
  const dispatcher = startDispatcher(job, ports, queue, onError)

  return {
    active: () => running.size,
    dispatch: dispatcher.dispatch,

    async stop(patienceMs) {
      await dispatcher.stop()
      const closed = consumer.close()
      const abort = setTimeout(() => stopping.abort(new Error('shutting down')), patienceMs)
      await closed.finally(() => clearTimeout(abort))
      await queue.close()
    },
  }
}

async function deliver<Ports, Payload>(
  job: Job<Ports, Payload>,
  ports: Ports,
  queue: WorkQueue,
  delivery: Delivery,
  signal: AbortSignal,
): Promise<void> {
  try {
    await job.run(ports, job.payload.parse(delivery.data), signal)
  } catch (error) {
    if (!(error instanceof QueueBusy)) throw error
    await queue.rateLimit(error.pauseMs)
    throw new RateLimitError()
  }
}

/** Tells the queue its bound again and again: an engine that was emptied has forgotten it. */
function createBound({ concurrencyMax }: Pick<Job<never>, 'concurrencyMax'>, queue: WorkQueue) {
  let isTold = false
  return async () => {
    if (concurrencyMax !== undefined) await queue.setGlobalConcurrency(concurrencyMax)
    else if (!isTold) await queue.removeGlobalConcurrency()
    isTold = true
  }
}

/** Asks once a second what is due. One path for the ordinary case, a crash, a lost message, a flush. */
function startDispatcher<Ports, Payload>(
  job: Job<Ports, Payload>,
  ports: Ports,
  queue: WorkQueue,
  onError: (error: unknown) => void,
) {
  const produce = createJobProducer(job, queue)
  const trusted = new Map<string, number>()
  const bound = createBound(job, queue)
  let current: Promise<void> | undefined

  const dispatchOnce = async () => {
    await bound()
    const due = await job.listDue(ports, dueMax)
    const now = Date.now()
    for (const [key, at] of trusted) if (now - at > trustedMs) trusted.delete(key)
    const fresh = due.filter((payload) => !trusted.has(job.key(payload)))
    await produce(fresh)
    for (const payload of fresh) trusted.set(job.key(payload), now)
  }
  const dispatch = () => {
    current ??= dispatchOnce()
      .catch(onError)
      .finally(() => {
        current = undefined
      })
    return current
  }
  const timer = setInterval(() => void dispatch(), job.dispatchEveryMs ?? dispatchEveryMs)
  void dispatch()

  return {
    dispatch,
    async stop() {
      clearInterval(timer)
      await current
    },
  }
}
