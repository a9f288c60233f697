import type { Job } from './define-job.ts'
import type { WorkQueue } from './queue-backend.ts'

/** Adds deliveries of one kind of job to its queue. Adding what is there already changes nothing. */
export function createJobProducer<Ports, Payload>(
  job: Pick<Job<Ports, Payload>, 'name' | 'key' | 'priority'>,
  queue: WorkQueue,
) {
  return async (payloads: readonly Payload[]): Promise<void> => {
    if (payloads.length === 0) return
    await queue.addBulk(
      payloads.map((payload) => ({
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
      })),
    )
  }
}
