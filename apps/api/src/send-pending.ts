import { viewPending } from '@countersign/contract/approvals/gate'
import type { PendingTicket } from '@countersign/core/approvals/gate/check-gate'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'

/** Where there is no other admin to ask, the only one may say that they mean it. */
export const SoloQuery = z.object({
  solo: z
    .stringbool()
    .default(false)
    .describe('The only admin there is may pass the gate alone. It is put on record as such.'),
})

/** Answers that nobody has approved yet, and where to look for the answer. */
export function sendPending(reply: FastifyReply, ticket: PendingTicket) {
  return reply
    .code(202)
    .header('location', `/api/approvals/${ticket.approvalId}`)
    .send(viewPending(ticket))
}
