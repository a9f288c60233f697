import type { ApprovalStatus } from '../tickets/approval.ts'

/** What a client of the confirmation daemon submits. */
export interface Submitted {
  action: string
  description: string
  details: Readonly<Record<string, unknown>>
  /** What the client calls itself. Who it is, its token says. */
  requester: string
  sessionKey: string
  timeoutSeconds: number
}

export type ConfirmationStatus = 'pending' | 'approved' | 'denied' | 'expired'

/** A ticket's status in the four words that the daemon knows. */
export function confirmationStatus(status: ApprovalStatus): ConfirmationStatus {
  switch (status) {
    case 'lapsed':
      return 'approved'
    case 'cancelled':
    case 'revoked':
      return 'denied'
    default:
      return status
  }
}

/** A step that the daemon's record shows: the whole record as it was after it. */
export type ConfirmationStep = Readonly<Record<string, unknown>>
