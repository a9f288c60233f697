import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Failed, Loading } from './page-state.tsx'

/** Shows what was read, once it is; until then that it loads, and if it fails, why. */
export function Loaded<Data>(props: {
  query: UseQueryResult<Data>
  rows?: number
  /** Whether it is the whole page, title and all. */
  isPage?: boolean
  children: (data: Data) => ReactNode
}) {
  const { query, rows, isPage = false, children } = props
  // What is there already is worth more than the news that it could not be refreshed.
  if (query.data !== undefined) return children(query.data)
  if (query.error) {
    const retry = () => void query.refetch()
    return <Failed error={query.error} onRetry={retry} isPage={isPage} />
  }
  return <Loading {...(rows ? { rows } : {})} />
}
