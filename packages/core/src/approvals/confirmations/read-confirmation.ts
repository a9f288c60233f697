import { ServiceError } from '../../errors.ts'
import type { Caller } from '../../identity/caller.ts'
import type { Ports } from '../../ports.ts'
import type { Approval } from '../tickets/approval.ts'
import { requireStanding } from '../tickets/approval-standing.ts'

/** Reads a confirmation by its short id. To whoever has no part in it, there is none. */
export async function readConfirmation(
  { store }: Pick<Ports, 'store'>,
  { caller, confirmId }: { caller: Caller; confirmId: string },
): Promise<Approval> {
  const approval = await store.confirmations.find(confirmId)
  if (!approval) throw new ServiceError('not_found')
  await requireStanding(store, caller, approval)
  return approval
}
