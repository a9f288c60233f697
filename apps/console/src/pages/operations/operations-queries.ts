import { queryOptions } from '@tanstack/react-query'
import { countersign } from '../../session/client.ts'

const failingMax = 20

/** The newest reviews that failed or are tried again; read anew by itself, as what is tried again is no event. */
export const failingQuery = queryOptions({
  queryKey: ['failing-reviews'],
  queryFn: () => countersign.admin.failingReviews({ limit: failingMax }),
  refetchInterval: 15_000,
})
