import { ServiceError } from '../../errors.ts'
import type { Approval, VoteVerdict } from './approval.ts'
import type { ApprovalStanding } from './approval-standing.ts'

export interface Vote {
  verdict: VoteVerdict
  comment: string
  /** The hash of what the voter was shown; `undefined` if they do not say. */
  expectedHash?: string | undefined
  /** Whether a denial has to say why. */
  needsComment: boolean
}

/**
 * Refuses a vote that must not count: on what is decided, on something else than was shown, by an
 * agent, by whoever asked, or by somebody without the right. Who asked may not deny either.
 */
export function judgeVote(approval: Approval, standing: ApprovalStanding, vote: Vote): void {
  refuseUndecidable(approval, vote)
  refuseVoter(approval, standing)
  if (vote.verdict === 'deny' && vote.needsComment && vote.comment.trim() === '') {
    throw new ServiceError('comment_required', {
      members: { errors: [{ path: 'comment', message: 'is needed to deny' }] },
    })
  }
}

function refuseUndecidable(
  { status, requestHash, consumedAt }: Approval,
  { expectedHash }: Vote,
): void {
  if (status !== 'pending') throw explainOver({ status, consumedAt })
  if (expectedHash !== undefined && expectedHash !== requestHash) {
    throw new ServiceError('stale_view', { members: { request_hash: requestHash } })
  }
}

function refuseVoter({ barsOwner }: Approval, standing: ApprovalStanding): void {
  if (standing.caller.kind !== 'user') {
    throw new ServiceError('not_eligible', { detail: 'Only people decide, never agents.' })
  }
  if (standing.isRequester || (barsOwner && standing.isOwner)) {
    const detail = standing.isRequester
      ? 'You asked for this yourself: somebody else has to decide.'
      : 'Your agent asked for this: somebody else has to decide.'
    throw new ServiceError('self_approval_forbidden', { detail })
  }
  if (!standing.mayDecide) throw new ServiceError('not_eligible')
}

/** Says why nothing can be done to a ticket any more. */
export function explainOver({
  status,
  consumedAt,
}: Pick<Approval, 'status' | 'consumedAt'>): ServiceError {
  const members = { current_status: status }
  if (status === 'expired') return new ServiceError('request_expired', { members })
  return new ServiceError(consumedAt ? 'already_consumed' : 'already_resolved', { members })
}
