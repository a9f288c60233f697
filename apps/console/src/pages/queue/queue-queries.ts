import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { countersign } from '../../session/client.ts'
import type { QueueSearch } from './queue-search.ts'
import { viewOf } from './views.ts'

const pageSize = 50

/** The rows of a page of the queue. */
export function rowsQuery({ view, after, status, ...filter }: QueueSearch) {
  const { isHeld, isAppealed, ...ofView } = viewOf(view)
  const statuses = status ? [status] : ofView.statuses
  return queryOptions({
    queryKey: ['queue', view, status, filter, after],
    queryFn: () =>
      countersign.admin.submissions({
        ...filter,
        ...(statuses && { status: statuses }),
        ...(isHeld && { held: true }),
        ...(isAppealed && { appealed: true }),
        limit: pageSize,
        cursor: after,
      }),
  })
}

/** How many there are of each status, whatever view one looks at. */
export function countsQuery({ view: _, after: __, status: ___, ...filter }: QueueSearch) {
  return queryOptions({
    queryKey: ['queue-counts', filter],
    queryFn: async () => (await countersign.admin.submissions({ ...filter, limit: 1 })).counts,
    placeholderData: keepPreviousData,
  })
}
