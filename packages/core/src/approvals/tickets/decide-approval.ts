import { ServiceError } from '../../errors.ts'
import { actorOf, type Caller } from '../../identity/caller.ts'
import type { Id } from '../../ids.ts'
import type { Ports } from '../../ports.ts'
import type { Store } from '../../repositories.ts'
import type { Approval } from './approval.ts'
import { explainOver, judgeVote, type Vote } from './judge-vote.ts'
import { lockTicket } from './lock-ticket.ts'

export interface DecisionRequest extends Vote {
  caller: Caller
  approvalId: Id
  /** What the decider calls themselves, on the confirmation daemon's face. */
  label?: string | undefined
}

/**
 * Counts a person's vote, and settles the ticket when it is enough: one denial denies, and as many
 * approvals as the action needs approve. A vote that comes after the deadline counts for nothing, even
 * if nobody has noticed the deadline yet.
 */
export async function decideApproval(
  { store, transact }: Pick<Ports, 'store' | 'transact'>,
  request: DecisionRequest,
): Promise<void> {
  const { caller, approvalId, verdict, comment } = request
  await store.approvals.expire(approvalId)
  await transact(async (store) => {
    const { approval, standing } = await lockTicket(store, caller, approvalId)
    judgeVote(approval, standing, request)
    const isFirst = await store.approvals.vote(approvalId, {
      principalId: caller.id,
      verdict,
      comment,
    })
    if (!isFirst) throw new ServiceError('already_voted')
    if (verdict === 'deny' || (await isEnough(store, approval))) {
      await settle(store, approval, request)
    } else {
      await auditVote(store, request)
    }
  })
}

async function isEnough({ approvals }: Store, { id, votesNeeded }: Approval): Promise<boolean> {
  return votesNeeded === 1 || (await approvals.countApprovals(id)) >= votesNeeded
}

async function settle(
  { approvals }: Store,
  approval: Approval,
  { caller, verdict, comment, label }: DecisionRequest,
): Promise<void> {
  const settled = await approvals.settle(approval, {
    status: verdict === 'approve' ? 'approved' : 'denied',
    by: caller.id,
    reason: comment,
    label: label ?? null,
  })
  // The lock is ours, so the only thing that can have come between is the deadline.
  if (!settled) throw explainOver({ ...approval, status: 'expired' })
}

/** A vote that settles nothing yet. One that does is on record with the step of the ticket. */
async function auditVote({ audit }: Store, request: DecisionRequest): Promise<void> {
  await audit.append({
    actor: actorOf(request.caller),
    action: 'approval.voted',
    resource: `approval:${request.approvalId}`,
    params: { verdict: request.verdict, comment: request.comment },
  })
}
