import type { Job } from './define-job.ts'
import type { WorkQueue } from './queue-backend.ts'

/** Adds deliveries of one kind of job to its queue. Adding what is there already changes nothing. */
export function createJobProducer<Ports, Payload>(
  job: Pick<Job<Ports, Payload>, 'name' | 'key' | 'priority'>,
  queue: WorkQueue,
) {
  const toDelivery = (payload: Payload) => ({
    name: job.name,
    data: payload,
    opts: {
      jobId: job.key(payload),
      priority: job.priority?.(payload) ?? 0,
      // A row says whether it is to be tried again, so a delivery is forgotten however it ends.
      attempts: 1,
      removeOnComplete: true,
      removeOnFail: true,
    },
  })

  return async (payloads: readonly Payload[]): Promise<void> => {
    const [only, ...others] = payloads.map(toDelivery)
    if (!only) return
    // One alone needs no transaction of the queue round it.
    if (others.length === 0) await queue.add(only.name, only.data, only.opts)
    else await queue.addBulk([only, ...others])
  }
}
