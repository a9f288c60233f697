import type { ApprovalDetail } from '@countersign/core/approvals/reads'
import { ServiceError } from '@countersign/core/errors'
import type { Id } from '@countersign/core/ids'
import type { Services } from './compose.ts'

/** Reads a ticket once somebody has answered it, or as it is at the end of the wait. */
export async function waitForApproval(
  { reads, changes }: Pick<Services, 'reads' | 'changes'>,
  id: Id,
  { waitMs, signal }: { waitMs: number; signal: AbortSignal },
): Promise<ApprovalDetail> {
  const read = async () => {
    const detail = await reads.findApproval(id)
    if (!detail) throw new ServiceError('not_found')
    return detail
  }
  const isOver = ({ approval }: ApprovalDetail) => approval.status !== 'pending'
  return changes.waitFor(read, isOver, { concerns: id, waitMs, signal })
}
