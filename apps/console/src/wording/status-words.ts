import type { EntityView, SubmissionView } from '@countersign/sdk'

export type Status = SubmissionView['status']
export type Tone = 'green' | 'red' | 'amber' | 'violet' | 'blue' | 'orange' | 'gray'

/** A status in a word or two, and its colour. The colour is never the only sign. */
export const statusWords: Readonly<Record<Status, { word: string; tone: Tone }>> = {
  pending_llm: { word: 'In review', tone: 'blue' },
  needs_human: { word: 'Needs a person', tone: 'violet' },
  approved: { word: 'Approved', tone: 'green' },
  blocked_inline: { word: 'Blocked by checks', tone: 'red' },
  blocked_llm: { word: 'Blocked by review', tone: 'red' },
  review_error: { word: 'Review failed', tone: 'orange' },
  overridden: { word: 'Overridden', tone: 'green' },
  rejected: { word: 'Rejected', tone: 'red' },
  withdrawn: { word: 'Withdrawn', tone: 'gray' },
  deleted: { word: 'Deleted', tone: 'gray' },
}

/** Every status, in the order of a submission's life. */
export const statusNames = Object.keys(statusWords) as Status[]

type Held = Pick<SubmissionView, 'status' | 'hold_reason'>

/** The status, or that it is held, which is something else to whoever waits. */
export function wordOf({ status, hold_reason: holdReason }: Held): { word: string; tone: Tone } {
  return status === 'pending_llm' && holdReason && holdReason !== 'rate_limited'
    ? { word: 'Held', tone: 'amber' }
    : statusWords[status]
}

/** Why something is held, in a word or two. */
export const holdWords: Readonly<Record<NonNullable<SubmissionView['hold_reason']>, string>> = {
  provider_not_ready: 'reviewer not ready',
  rate_limited: 'rate limited',
  paused: 'paused',
  budget: 'budget reached',
  coverage: 'not read in full',
  policy: 'policy',
}

/** The life of an entity in a word or two. */
export const visibilityWords: Readonly<
  Record<EntityView['visibility_status'], { word: string; tone: Tone }>
> = {
  pending: { word: 'Not served yet', tone: 'gray' },
  approved: { word: 'Live', tone: 'green' },
  hidden: { word: 'Out of service', tone: 'red' },
  archived: { word: 'Archived', tone: 'gray' },
}
