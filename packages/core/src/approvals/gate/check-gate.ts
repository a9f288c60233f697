import { type ErrorCode, ServiceError } from '../../errors.ts'
import { actorOf, type Caller } from '../../identity/caller.ts'
import type { Id } from '../../ids.ts'
import type { Ports } from '../../ports.ts'
import { barsOwner } from '../actions/action-map.ts'
import { canonicalContext } from '../actions/canonical-context.ts'
import { hashRequest } from '../actions/hash-request.ts'
import type { AuthorizedBy } from '../executions/execution.ts'
import type { GateAnswer, Question } from '../repositories.ts'
import { defaultSandbox } from '../sessions/sandbox.ts'
import type { Session } from '../sessions/session.ts'
import { judgeAction, ruleFor } from './judge-action.ts'
import { locateRequest } from './locate-request.ts'
import { staysInside } from './stays-inside.ts'

export interface GateRequest {
  caller: Caller
  workspaceId?: Id | undefined
  action: string
  context: unknown
  reason: string
  sessionId?: Id | undefined
  ttlS: number
  useTtlS: number
}

/** What the gate says where it does not refuse. */
export type GateOutcome =
  | { kind: 'allow'; executionId: Id; authorizedBy: AuthorizedBy }
  | { kind: 'pending'; ticket: PendingTicket }

/** What whoever asks is told while nobody has answered. */
export interface PendingTicket {
  approvalId: Id
  action: string
  reason: string
  requestHash: string
  expiresAt: Date
}

/** How long a denial denies the same to an agent again. People know what they do. */
const agentCooldownS = 300

/** What whoever approved something is told when they want to use the approval themselves. */
export const ownApproval = 'You approved this yourself: it is for whoever asked to use it.'

type GatePorts = Pick<Ports, 'store'>

/**
 * May this action run, now, once? Asks whoever has to be asked. What is refused is thrown, with the
 * code that says why; whatever else is thrown, nothing may run, and the API says `gate_failed`.
 */
export async function checkGate(ports: GatePorts, request: GateRequest): Promise<GateOutcome> {
  const { caller, action } = request
  const context = canonicalContext(request.context)
  const { workspaceId, session } = await locateRequest(ports.store, request)
  const question = {
    workspaceId,
    action,
    context,
    requestHash: hashRequest({ workspaceId, action, context }),
    reason: request.reason,
    principalId: caller.id,
    sessionId: session?.id ?? null,
    cooldownS: caller.kind === 'agent' ? agentCooldownS : 0,
    ttlS: request.ttlS,
    useTtlS: request.useTtlS,
  }
  const judged = judge(request, session)
  if (typeof judged === 'string') throw await refusal(ports, caller, question, judged)
  const answer = await ports.store.approvals.ask({ ...question, ...judged })
  if (answer.outcome === 'denied_by_policy') {
    throw await refusal(ports, caller, question, 'denied_by_policy')
  }
  return read(answer, question)
}

type Judged = Pick<Question, 'authority' | 'stage' | 'votesNeeded' | 'barsOwner' | 'takesGrants'>
type Refusal = Extract<ErrorCode, 'outside_workspace' | 'denied_by_mode' | 'denied_by_policy'>

/** The pure part: the sandbox first, then the map and the mode. */
function judge({ action, context, caller }: GateRequest, session?: Session): Judged | Refusal {
  const sandbox = session?.sandbox ?? defaultSandbox
  if (!staysInside(action, { ...(context as object) }, sandbox)) return 'outside_workspace'
  const rule = ruleFor(action, caller)
  const judgement = judgeAction(rule, session)
  const needs = { votesNeeded: rule.approvals, barsOwner: barsOwner(rule) }
  switch (judgement.kind) {
    case 'deny':
      return 'denied_by_mode'
    case 'allow':
      return { ...needs, authority: judgement.authority, stage: 'human', takesGrants: false }
    case 'ask': {
      const { stage, takesGrants } = judgement
      return { ...needs, authority: null, stage, takesGrants }
    }
  }
}

/** Puts on record what was refused unasked, and words it. */
async function refusal(
  { store }: GatePorts,
  caller: Caller,
  {
    workspaceId,
    action,
    requestHash,
    sessionId,
  }: Pick<Question, 'workspaceId' | 'action' | 'requestHash' | 'sessionId'>,
  code: Refusal,
): Promise<ServiceError> {
  await store.audit.append({
    actor: actorOf(caller),
    action: 'approval.refused',
    resource: `workspace:${workspaceId}`,
    params: { action, code, request_hash: requestHash, session_id: sessionId },
  })
  return new ServiceError(code)
}

function read(
  answer: Exclude<GateAnswer, { outcome: 'denied_by_policy' }>,
  { action, requestHash, cooldownS }: Pick<Question, 'action' | 'requestHash' | 'cooldownS'>,
): GateOutcome {
  switch (answer.outcome) {
    case 'allow': {
      const { executionId, authorizedBy } = answer
      return { kind: 'allow', executionId, authorizedBy }
    }
    case 'pending': {
      const { approvalId, reason, expiresAt } = answer
      return { kind: 'pending', ticket: { approvalId, action, reason, requestHash, expiresAt } }
    }
    case 'recently_denied':
      throw new ServiceError('recently_denied', {
        detail: `The same was denied less than ${cooldownS} s ago. Do not work around the denial.`,
        members: { approval_id: answer.approvalId },
      })
    case 'own_approval':
      throw new ServiceError('self_approval_forbidden', { detail: ownApproval })
    case 'rate_limited':
      throw new ServiceError('rate_limited', {
        detail:
          'The session has asked too much for now: 20 questions may wait, 60 come in an hour.',
        members: { retry_after_s: 60 },
      })
  }
}
