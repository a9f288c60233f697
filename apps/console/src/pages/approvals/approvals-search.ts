import type { ApprovalView } from '@countersign/sdk'

export interface ApprovalsView {
  key: string
  label: string
  statuses?: readonly ApprovalView['status'][]
  isMine?: boolean
  /** What an empty view says. */
  empty: string
}

/** The saved queries of the approvals. A view is only a part of the URL. */
export const approvalsViews = [
  {
    key: 'waiting',
    label: 'Waiting',
    statuses: ['pending'],
    empty: 'No action waits for an answer.',
  },
  {
    key: 'approved',
    label: 'Approved',
    statuses: ['approved'],
    empty: 'Nothing was approved yet.',
  },
  {
    key: 'ended',
    label: 'Not run',
    statuses: ['denied', 'expired', 'cancelled', 'revoked', 'lapsed'],
    empty: 'Nothing was denied, and nothing ran out of time.',
  },
  {
    key: 'mine',
    label: 'Asked by me',
    isMine: true,
    empty: 'You and your agents asked for nothing.',
  },
  { key: 'all', label: 'All', empty: 'No agent has asked for anything yet.' },
] as const satisfies readonly ApprovalsView[]

export type ApprovalsViewKey = (typeof approvalsViews)[number]['key']

/** What the list shows, as it stands in the URL. */
export interface ApprovalsSearch {
  view?: ApprovalsViewKey
  action?: string
  after?: string
}

export function approvalsViewOf(key: string | undefined): ApprovalsView {
  return approvalsViews.find((view) => view.key === key) ?? approvalsViews[0]
}

/** Reads the search part of a URL, and drops what means nothing. */
export function readApprovalsSearch(search: Record<string, unknown>): ApprovalsSearch {
  const view = approvalsViews.find(({ key }) => key === search.view)?.key
  const action = String(search.action ?? '').trim()
  const after = String(search.after ?? '').trim()
  return { ...(view && { view }), ...(action && { action }), ...(after && { after }) }
}
