import { type Status, statusNames } from '../../wording/status-words.ts'

export interface QueueView {
  key: string
  label: string
  statuses?: readonly Status[]
  isHeld?: boolean
  isAppealed?: boolean
  /** What an empty view says. */
  empty: string
}

/** The saved queries of the queue. A view is only a part of the URL. */
export const queueViews = [
  {
    key: 'needs-me',
    label: 'Needs a person',
    statuses: ['needs_human'],
    empty: 'Nothing waits for a person.',
  },
  { key: 'held', label: 'Held', isHeld: true, empty: 'Nothing is held.' },
  {
    key: 'errors',
    label: 'Errors',
    statuses: ['review_error'],
    empty: 'No review has failed.',
  },
  {
    key: 'blocked',
    label: 'Blocked',
    statuses: ['blocked_inline', 'blocked_llm'],
    empty: 'Nothing is blocked.',
  },
  {
    key: 'appeals',
    label: 'Appeals',
    statuses: ['blocked_inline', 'blocked_llm', 'rejected'],
    isAppealed: true,
    empty: 'Nobody asks for another look.',
  },
  {
    key: 'pending',
    label: 'In review',
    statuses: ['pending_llm'],
    empty: 'Nothing is being reviewed.',
  },
  {
    key: 'decided',
    label: 'Decided',
    statuses: ['approved', 'overridden', 'rejected', 'withdrawn'],
    empty: 'Nothing was decided yet.',
  },
  { key: 'all', label: 'All', empty: 'Nobody has submitted anything yet.' },
] as const satisfies readonly QueueView[]

export type QueueViewKey = (typeof queueViews)[number]['key']

export function viewOf(key: string | undefined): QueueView {
  return queueViews.find((view) => view.key === key) ?? queueViews[0]
}

/** The statuses that a view holds: more than one can be told apart in it. */
export function statusesOf(key: string | undefined): readonly Status[] {
  const { isHeld, statuses = statusNames } = viewOf(key)
  return isHeld ? ['pending_llm'] : statuses
}
