import { AuthorizedBy } from '@countersign/core/approvals/executions/execution'
import type { PendingTicket } from '@countersign/core/approvals/gate/check-gate'
import { Id } from '@countersign/core/ids'
import { z } from 'zod'
import { Moment, viewMoment } from '../page.ts'

/** The name of an action: `deploy_production`, `agent.tool.Bash`, `fs.write` … */
export const ActionName = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'holds a control character, or half of a character')

/** May this action run, now, once? */
export const GateBody = z.object({
  workspace_id: Id.optional().describe('Left out: the session’s, or the root'),
  action: ActionName,
  context: z
    .record(z.string(), z.unknown())
    .nullish()
    .describe('Everything that the effect depends on. Another context is another request.'),
  reason: z
    .string()
    .max(4000)
    .regex(/^[^\0]*$/, 'holds a NUL')
    .default(''),
  session_id: Id.optional(),
  wait_s: z.number().min(0).max(50).default(0).describe('How long to wait for the answer'),
  ttl_s: z.int().min(30).max(604_800).default(300).describe('How long the request may wait'),
  use_ttl_s: z.int().min(30).max(86_400).default(900).describe('How long an approval is good'),
})
export type GateBody = z.input<typeof GateBody>

export const AllowedView = z
  .object({
    decision: z.literal('allow'),
    execution_id: Id.describe('Report with it how the action ended.'),
    authorized_by: AuthorizedBy,
  })
  .meta({ id: 'Allowed' })
export type AllowedView = z.infer<typeof AllowedView>

/** Nobody has answered yet. Ask the same again, or wait for the approval. */
export const PendingView = z
  .object({
    status: z.literal('pending_approval'),
    approval_id: Id,
    action: z.string(),
    reason: z.string(),
    request_hash: z.string(),
    expires_at: Moment,
  })
  .meta({ id: 'Pending' })
export type PendingView = z.infer<typeof PendingView>

export function viewPending(ticket: PendingTicket): PendingView {
  return {
    status: 'pending_approval',
    approval_id: ticket.approvalId,
    action: ticket.action,
    reason: ticket.reason,
    request_hash: ticket.requestHash,
    expires_at: viewMoment(ticket.expiresAt),
  }
}
