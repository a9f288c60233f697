import { reviewApproval } from '@countersign/core/approvals/reviews/review-approval'
import { Id } from '@countersign/core/ids'
import { defineJob } from '@countersign/queue/define-job'
import { z } from 'zod'
import type { WorkerPorts } from '../compose.ts'

/**
 * The reviewer model's answer to one ticket. It has a queue of its own, so that no bundle, however
 * long, keeps an agent waiting.
 */
export const reviewApprovalJob = defineJob({
  name: 'review-approval',
  payload: z.object({ approvalId: Id, claims: z.int().nonnegative() }),
  concurrency: 8,
  dispatchEveryMs: 250,
  key: ({ approvalId, claims }) => `${approvalId}-${claims}`,

  async listDue({ store }: WorkerPorts, limit) {
    return store.approvalReviews.listDue(limit)
  },

  async run(ports, payload, signal) {
    await reviewApproval(ports, payload, signal)
  },
})
