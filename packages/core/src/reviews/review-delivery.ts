import { z } from 'zod'
import { Id } from '../ids.ts'
import type { DueReview } from '../ports.ts'

/** How a due review is handed out: the API announces it, a worker does it. */
export const reviewDelivery = {
  name: 'review-submission',
  payload: z.object({
    submissionId: Id,
    attempt: z.int().positive(),
    claims: z.int().nonnegative(),
    priority: z.int().nonnegative(),
  }),
  // Another attempt, or a claim that ended without a verdict, is another delivery.
  key: ({ submissionId, attempt, claims }: DueReview) => `${submissionId}-${attempt}-${claims}`,
  priority: ({ priority }: DueReview) => priority,
}
