import { AllowedView, GateBody, PendingView } from '@countersign/contract/approvals/gate'
import {
  checkGate,
  type GateOutcome,
  type GateRequest,
} from '@countersign/core/approvals/gate/check-gate'
import { readAnswer } from '@countersign/core/approvals/gate/read-answer'
import type { Caller } from '@countersign/core/identity/caller'
import type { z } from 'zod'
import type { Services } from '../../compose.ts'
import { type Api, problems } from '../../router.ts'
import { sendPending } from '../../send-pending.ts'
import { waitForApproval } from '../../wait-for-approval.ts'

/** The one question that agents ask. */
export function gateRoutes(app: Api, services: Services): void {
  app.post('/api/gate/check', {
    config: { access: 'caller', gate: 'none', isGate: true, isStrictJson: true },
    schema: {
      summary: 'May this action run, now, once?',
      description:
        'Uses an approval that is there, or asks for one. Whatever goes wrong, the action is not to be run.',
      tags: ['approvals'],
      body: GateBody,
      response: {
        200: AllowedView,
        202: PendingView,
        ...problems(404, 409),
      },
    },
    handler: async ({ caller, body, signal }, reply) => {
      const options = { waitMs: body.wait_s * 1000, signal }
      const outcome = await checkAndWait(services, toRequest(caller, body), options)
      if (outcome.kind === 'pending') return sendPending(reply, outcome.ticket)
      const { executionId, authorizedBy } = outcome
      return { decision: 'allow' as const, execution_id: executionId, authorized_by: authorizedBy }
    },
  })
}

function toRequest(caller: Caller, body: z.output<typeof GateBody>): GateRequest {
  return {
    caller,
    workspaceId: body.workspace_id,
    action: body.action,
    context: body.context,
    reason: body.reason,
    sessionId: body.session_id,
    ttlS: body.ttl_s,
    useTtlS: body.use_ttl_s,
  }
}

/** Asks, and asks again once it was answered. An approval that nobody is there for is not used. */
async function checkAndWait(
  services: Services,
  request: GateRequest,
  options: { waitMs: number; signal: AbortSignal },
): Promise<GateOutcome> {
  const outcome = await checkGate(services, request)
  if (outcome.kind === 'allow' || options.waitMs === 0) return outcome
  const { approval } = await waitForApproval(services, outcome.ticket.approvalId, options)
  const isAnswered = readAnswer(approval) === 'use'
  return isAnswered && !options.signal.aborted ? checkGate(services, request) : outcome
}
