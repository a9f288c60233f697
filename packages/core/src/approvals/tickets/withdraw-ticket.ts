import { ServiceError } from '../../errors.ts'
import type { Caller } from '../../identity/caller.ts'
import type { Id } from '../../ids.ts'
import type { Ports } from '../../ports.ts'
import { approvalMachine } from './approval.ts'
import type { ApprovalStanding } from './approval-standing.ts'
import { explainOver } from './judge-vote.ts'
import { lockTicket } from './lock-ticket.ts'

export interface WithdrawalRequest {
  caller: Caller
  approvalId: Id
  reason: string
}

export interface Withdrawal {
  event: 'cancel' | 'revoke'
  isAllowed(standing: ApprovalStanding): boolean
}

/** Takes a ticket out of the world, by somebody who may, if nobody has been faster. */
export async function withdrawTicket(
  { transact }: Pick<Ports, 'transact'>,
  { caller, approvalId, reason }: WithdrawalRequest,
  { event, isAllowed }: Withdrawal,
): Promise<void> {
  await transact(async (store) => {
    const { approval, standing } = await lockTicket(store, caller, approvalId)
    if (!isAllowed(standing)) throw new ServiceError('forbidden')
    const status = approvalMachine.after(approval.status, event)
    if (!status || approval.consumedAt) throw explainOver(approval)
    const settlement = { status: outcomes[event], by: caller.id, reason }
    if (await store.approvals.settle(approval, settlement)) return
    // The lock is ours, so the only thing that can have come between is the deadline.
    throw explainOver({ ...approval, status: event === 'cancel' ? 'expired' : 'lapsed' })
  })
}

const outcomes = { cancel: 'cancelled', revoke: 'revoked' } as const
