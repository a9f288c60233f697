import { Id } from '@countersign/core/ids'
import { deliverWebhook } from '@countersign/core/webhooks/deliver-webhook'
import { defineJob } from '@countersign/queue/define-job'
import { z } from 'zod'
import type { WorkerPorts } from '../compose.ts'

/** One try to tell one webhook of one event. Slow receivers take up places, not the queue. */
export const deliverWebhookJob = defineJob({
  name: 'deliver-webhook',
  payload: z.object({ deliveryId: Id, attempt: z.int().nonnegative() }),
  concurrency: 16,
  key: ({ deliveryId, attempt }) => `${deliveryId}-${attempt}`,

  listDue: ({ store }: WorkerPorts, limit) => store.deliveries.listDue(limit),
  run: deliverWebhook,
})
