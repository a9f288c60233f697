import { reviewDelivery } from '@countersign/core/reviews/review-delivery'
import { reviewSubmission } from '@countersign/core/reviews/review-submission'
import { defineJob, type Job, QueueBusy } from '@countersign/queue/define-job'
import type { WorkerPorts } from '../compose.ts'

/** The review of one submission, for as many at once as the operator allows. */
export const reviewSubmissionJob = (places: Pick<Job<never>, 'concurrency' | 'concurrencyMax'>) =>
  defineJob({
    ...reviewDelivery,
    ...places,

    async listDue({ store }: WorkerPorts, limit) {
      const isPaused = (await store.settings.read('paused')) === true
      return isPaused ? [] : store.submissions.listDue(limit)
    },

    async run(ports, payload, signal) {
      const { pauseMs } = await reviewSubmission(ports, payload, signal)
      if (pauseMs) throw new QueueBusy(pauseMs)
    },
  })
