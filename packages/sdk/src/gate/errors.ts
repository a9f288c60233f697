import type { ApprovalView } from '@countersign/contract/approvals/approval'

type Ended = Exclude<ApprovalView['status'], 'pending' | 'approved'> | 'used'

/** Somebody was asked, and the action is not to run: denied, expired, cancelled, revoked, lapsed or used. */
export class NotApproved extends Error {
  override readonly name = 'NotApproved'
  readonly status: Ended
  readonly approval: ApprovalView

  constructor(approval: ApprovalView, status: Ended) {
    const is = status === 'used' ? 'was used already' : `is ${status}`
    const why = approval.decision_reason
    super(`The action ${approval.action} ${is}${why ? `: ${why}` : '.'}`)
    this.status = status
    this.approval = approval
  }
}

/** Nobody has answered yet, and the caller waits no longer. `gate.resume(approvalId, …)` goes on. */
export class StillPending extends Error {
  override readonly name = 'StillPending'
  readonly approvalId: string

  constructor(approvalId: string, options?: ErrorOptions) {
    super(`Approval ${approvalId} is not answered yet.`, options)
    this.approvalId = approvalId
  }
}

/** What was asked for contradicts itself; nothing was sent. */
export class ConflictingMode extends Error {
  override readonly name = 'ConflictingMode'
}
