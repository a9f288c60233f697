import { ServiceError } from '../../errors.ts'
import type { Caller } from '../../identity/caller.ts'
import type { Id } from '../../ids.ts'
import type { Store } from '../../repositories.ts'
import type { Approval } from './approval.ts'
import { type ApprovalStanding, requireStanding } from './approval-standing.ts'

/** Locks a ticket for a step of it, and finds out how whoever wants to make the step stands to it. */
export async function lockTicket(
  store: Store,
  caller: Caller,
  id: Id,
): Promise<{ approval: Approval; standing: ApprovalStanding }> {
  const approval = await store.approvals.lock(id)
  if (!approval) throw new ServiceError('not_found')
  return { approval, standing: await requireStanding(store, caller, approval) }
}
