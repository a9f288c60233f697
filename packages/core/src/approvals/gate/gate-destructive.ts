import { ServiceError } from '../../errors.ts'
import { type Caller, requireAdmin } from '../../identity/caller.ts'
import type { Id } from '../../ids.ts'
import type { Ports } from '../../ports.ts'
import type { Store } from '../../repositories.ts'
import { findRule, type OwnAction } from '../actions/action-map.ts'
import { canonicalContext } from '../actions/canonical-context.ts'
import { hashRequest } from '../actions/hash-request.ts'
import type { GateAnswer, Question } from '../repositories.ts'
import { rootWorkspaceId } from '../workspaces/workspace.ts'
import { asGateFailure } from './as-gate-failure.ts'
import type { PendingTicket } from './check-gate.ts'

export interface GatedRequest {
  caller: Caller
  action: OwnAction
  workspaceId?: Id
  /** Everything that the effect depends on. A ticket for another context does not let this through. */
  context: Readonly<Record<string, unknown>>
  reason: string
  /** Whether the only admin there is says that they mean it, because nobody else could. */
  isSolo?: boolean | undefined
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
  const question = toQuestion(request)
  return transact(async (store) => {
    if (request.isSolo) await requireSolo(store, request.caller)
    const answer = await store.approvals.ask(question).catch((error: unknown) => {
      throw asGateFailure(error)
    })
    if (answer.outcome === 'pending') return toPending(question, answer)
    if (answer.outcome !== 'allow') throw new ServiceError('denied_by_policy')
    if (request.isSolo) await auditSolo(store, question, request.caller, answer.executionId)
    const result = await effect(store)
    await store.executions.finish(answer.executionId, { status: 'succeeded', error: null })
    return { kind: 'done', result }
  })
}

function toQuestion({ caller, action, reason, isSolo, ...request }: GatedRequest): Question {
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
    authority: isSolo ? 'policy' : null,
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

/** As soon as there is a second admin, nobody approves their own requests. */
async function requireSolo({ principals }: Store, caller: Caller): Promise<void> {
  requireAdmin(caller)
  if ((await principals.countAdmins(caller.id)) === 0) return
  throw new ServiceError('self_approval_forbidden', {
    detail: 'There is another admin: ask them.',
  })
}

async function auditSolo(
  { audit }: Store,
  { action, requestHash, workspaceId }: Question,
  caller: Caller,
  executionId: Id,
): Promise<void> {
  await audit.append({
    actor: { id: caller.id, kind: caller.kind },
    action: 'approval.self_approved',
    resource: `execution:${executionId}`,
    params: {
      self_approved: 'solo',
      action,
      request_hash: requestHash,
      workspace_id: workspaceId,
    },
  })
}
