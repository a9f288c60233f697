import type { ApprovalView } from '@countersign/sdk'
import type { StateStory } from './describe-state.ts'
import { plural } from './numbers.ts'
import type { Tone } from './status-words.ts'

export type ApprovalStatus = ApprovalView['status'] | 'used'

/** A status in a word or two, and its colour. `used` is an approval that something has run on. */
export const approvalWords: Readonly<Record<ApprovalStatus, { word: string; tone: Tone }>> = {
  pending: { word: 'Waiting', tone: 'violet' },
  approved: { word: 'Approved', tone: 'green' },
  used: { word: 'Used', tone: 'green' },
  denied: { word: 'Denied', tone: 'red' },
  expired: { word: 'Expired', tone: 'gray' },
  cancelled: { word: 'Cancelled', tone: 'gray' },
  revoked: { word: 'Revoked', tone: 'orange' },
  lapsed: { word: 'Not used in time', tone: 'gray' },
}

/** The status as of a moment: what has outlived its deadline is over, whether or not it was noted yet. */
export function approvalStatusAt(approval: ApprovalView, nowMs: number): ApprovalStatus {
  const { status, consumed_at: usedAt, expires_at: end, use_expires_at: useEnd } = approval
  if (status === 'pending' && Date.parse(end) <= nowMs) return 'expired'
  if (status !== 'approved') return status
  if (usedAt) return 'used'
  return useEnd && Date.parse(useEnd) <= nowMs ? 'lapsed' : 'approved'
}

/** Tells the state of a request in plain words: what happened, why, and who acts next. */
export function describeApproval(approval: ApprovalView, nowMs: number): StateStory {
  const status = approvalStatusAt(approval, nowMs)
  return { ...approvalWords[status], ...stories[status](approval) }
}

type Tell = (approval: ApprovalView) => Pick<StateStory, 'what' | 'why' | 'next'>

const stories: Readonly<Record<ApprovalStatus, Tell>> = {
  pending: (approval) =>
    approval.stage === 'auto_review'
      ? {
          what: 'The reviewer model is looking at this.',
          why: 'What it is not sure of, it hands to a person.',
          next: 'The model acts next. A person may answer before it.',
        }
      : {
          what: 'This waits for a person.',
          why: whyHuman(approval),
          next: `${deciders(approval)} next. Without an answer it expires, and nothing runs.`,
        },
  approved: (approval) => ({
    what: 'This was approved, and has not run yet.',
    why: reasonOf(approval),
    next: 'The requester acts next, once, and with exactly this context.',
  }),
  used: (approval) => ({
    what: 'This was approved, and the approval was used.',
    why: reasonOf(approval),
    next: 'Nobody has to do anything. It cannot be used again.',
  }),
  denied: (approval) => ({
    what: `${approval.decided_by === 'system:reviewer' ? 'The reviewer model' : 'A person'} denied this.`,
    why: reasonOf(approval),
    next: 'Nothing ran. An agent that asks the same again within five minutes is refused at once.',
  }),
  expired: () => ({
    what: 'Nobody answered in time.',
    why: 'The time for an answer has run out.',
    next: 'Nothing ran. The requester may ask again.',
  }),
  cancelled: (approval) => ({
    what: 'This was taken back before anybody answered.',
    why: reasonOf(approval),
    next: 'Nothing ran, and nobody has to do anything.',
  }),
  revoked: (approval) => ({
    what: 'The approval was taken back before it was used.',
    why: reasonOf(approval),
    next: 'Nothing ran. The requester may ask again.',
  }),
  lapsed: () => ({
    what: 'The approval was not used in time.',
    why: 'Its time has run out.',
    next: 'Nothing ran. The requester may ask again.',
  }),
}

function whyHuman({ review }: ApprovalView): string {
  if (review?.failure) return `The reviewer model gave no answer: ${review.failure}`
  if (review?.assessment)
    return `The reviewer model left it to a person: ${review.assessment.rationale}`
  return 'Only people answer for it.'
}

function deciders({ votes_needed: needed }: ApprovalView): string {
  return needed > 1 ? `${plural(needed, 'person', 'people')} have to approve` : 'A person acts'
}

function reasonOf({ decision_reason: reason }: ApprovalView): string {
  return reason ? `The reason given: “${reason}”` : 'No reason was given.'
}
