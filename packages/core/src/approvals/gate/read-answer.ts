import { ServiceError } from '../../errors.ts'
import { type Approval, reviewerModel } from '../tickets/approval.ts'

/**
 * What a ticket that was waited for says: whether it is to be used now. A denial is thrown, and so is
 * the end of a ticket that nobody answered: asking again would be another request.
 */
export function readAnswer(approval: Approval): 'use' | 'wait' {
  const { status, decisionReason, decidedBy, id } = approval
  const members = { approval_id: id, current_status: status }
  switch (status) {
    case 'pending':
      return 'wait'
    case 'approved':
      return 'use'
    case 'denied': {
      const code = decidedBy === reviewerModel ? 'denied_by_reviewer' : 'denied_by_human'
      const options = decisionReason ? { detail: decisionReason, members } : { members }
      throw new ServiceError(code, options)
    }
    case 'expired':
      throw new ServiceError('request_expired', { members })
    case 'cancelled':
    case 'revoked':
    case 'lapsed':
      throw new ServiceError('already_resolved', { members })
  }
}
