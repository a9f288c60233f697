import { ServiceError } from '../../errors.ts'
import type { Caller } from '../../identity/caller.ts'
import type { Id } from '../../ids.ts'
import type { Ports } from '../../ports.ts'
import type { Store } from '../../repositories.ts'
import { findRule, type OwnAction } from '../actions/action-map.ts'
import { canonicalContext } from '../actions/canonical-context.ts'
import { hashRequest } from '../actions/hash-request.ts'
import type { GateAnswer, Question } from '../repositories.ts'
import { rootWorkspaceId } from '../workspaces/workspace.ts'
import { asGateFailure } from './as-gate-failure.ts'
import { ownApproval, type PendingTicket } from './check-gate.ts'
import { type Alone, standsAlone } from './stands-alone.ts'

export interface GatedRequest {
  caller: Caller
  action: OwnAction
  workspaceId?: Id
  /** Everything that the effect depends on. A ticket for another context does not let this through. */
  context: Readonly<Record<string, unknown>>
  reason: string
  /** Where they may pass without anybody else. */
  alone?: Alone | undefined
}

/** What became of a gated operation. */
export type Gated<Result> =
  | { kind: 'done'; result: Result }
  | { kind: 'pending'; ticket: PendingTicket }

const ttlS = 3600
const useTtlS = 900

/**
 * Runs an operation of ours once somebody else has approved exactly it; until then, asks.
 *
 * The ticket is used in the transaction of the effect: if the effect fails, the ticket is as it was.
 */
export async function gateDestructive<Result>(
  { transact }: Pick<Ports, 'transact'>,
  request: GatedRequest,
  effect: (store: Store) => Promise<Result>,
): Promise<Gated<Result>> {
  const asked = toQuestion(request)
  const { caller, alone } = request
  return transact(async (store) => {
    const leave = await standsAlone(store, caller, alone)
    const question = leave ? { ...asked, authority: 'policy' as const } : asked
    const answer = await store.approvals.ask(question).catch((error: unknown) => {
      throw asGateFailure(error)
    })
    if (answer.outcome === 'pending') return toPending(question, answer)
    if (answer.outcome === 'own_approval') {
      throw new ServiceError('self_approval_forbidden', { detail: ownApproval })
    }
    if (answer.outcome !== 'allow') throw new ServiceError('denied_by_policy')
    const { executionId } = answer
    if (leave) await auditAlone(store, { caller, question, leave, executionId })
    const result = await effect(store)
    await store.executions.finish(executionId, { status: 'succeeded', error: null })
    return { kind: 'done', result }
  })
}

function toQuestion({ caller, action, reason, ...request }: GatedRequest): Question {
  const workspaceId = request.workspaceId ?? rootWorkspaceId
  const context = canonicalContext(request.context)
  return {
    workspaceId,
    action,
    context,
    requestHash: hashRequest({ workspaceId, action, context }),
    reason,
    principalId: caller.id,
    sessionId: null,
    authority: null,
    stage: 'human',
    votesNeeded: findRule(action)?.approvals ?? 1,
    barsOwner: true,
    takesGrants: false,
    ttlS,
    useTtlS,
    cooldownS: 0,
  }
}

function toPending(
  { action, requestHash }: Question,
  { approvalId, reason, expiresAt }: Extract<GateAnswer, { outcome: 'pending' }>,
): Gated<never> {
  return { kind: 'pending', ticket: { approvalId, action, reason, requestHash, expiresAt } }
}

async function auditAlone(
  { audit }: Store,
  {
    caller: { id, kind },
    question: { action, requestHash, workspaceId },
    leave,
    executionId,
  }: { caller: Caller; question: Question; leave: 'solo' | 'setup'; executionId: Id },
): Promise<void> {
  await audit.append({
    actor: { id, kind },
    action: 'approval.self_approved',
    resource: `execution:${executionId}`,
    params: {
      self_approved: leave,
      action,
      request_hash: requestHash,
      workspace_id: workspaceId,
    },
  })
}
