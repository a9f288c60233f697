import { ServiceError } from '../../errors.ts'
import { type Approval, reviewerModel } from '../tickets/approval.ts'

/** For an agent, which would otherwise look for another way. */
const noWorkaround =
  'Do not work around this: only something materially safer may be tried, or a person asked.'

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
      if (decidedBy === reviewerModel) {
        const detail = `${decisionReason ?? ''} ${noWorkaround}`.trim()
        throw new ServiceError('denied_by_reviewer', { detail, members })
      }
      const options = decisionReason ? { detail: decisionReason, members } : { members }
      throw new ServiceError('denied_by_human', options)
    }
    case 'expired':
      throw new ServiceError('request_expired', { members })
    case 'cancelled':
    case 'revoked':
    case 'lapsed':
      throw new ServiceError('already_resolved', { members })
  }
}
