import type { SubmissionView } from '@countersign/sdk'
import type { Status } from '../../wording/status-words.ts'
import { type QueueViewKey, queueViews, statusesOf } from './views.ts'

const types = ['skill', 'agent', 'plugin'] as const
const claims = ['me', 'nobody'] as const
const severities = ['critical', 'high', 'medium', 'low', 'info'] as const

/** What the queue shows, as it stands in the URL. What is left out is not filtered by. */
export interface QueueSearch {
  view?: QueueViewKey
  /** One of those that the view holds. */
  status?: Status
  q?: string
  type?: SubmissionView['type']
  severity?: (typeof severities)[number]
  submitter?: string
  /** The id of a rule that found something. */
  rule?: string
  claimed?: (typeof claims)[number]
  /** Where the page begins; absent on the first. */
  after?: string
}

export const filterOptions = { types, severities, claims }

/** Reads the search part of a URL, and drops what means nothing. */
export function readQueueSearch(search: Record<string, unknown>): QueueSearch {
  const view = queueViews.find(({ key }) => key === search.view)?.key
  const status = statusesOf(view).find((one) => one === search.status)
  const type = types.find((one) => one === search.type)
  const severity = severities.find((one) => one === search.severity)
  const claimed = claims.find((one) => one === search.claimed)
  return {
    ...(view && { view }),
    ...(status && { status }),
    ...(type && { type }),
    ...(severity && { severity }),
    ...(claimed && { claimed }),
    ...texts(search, ['q', 'submitter', 'rule', 'after']),
  }
}

function texts<Key extends string>(search: Record<string, unknown>, keys: readonly Key[]) {
  const found = keys.flatMap((key) => {
    const text = String(search[key] ?? '').trim()
    return text ? [[key, text]] : []
  })
  return Object.fromEntries(found) as { [K in Key]?: string }
}
