import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { opsQuery } from '../../shell/strip.tsx'
import { formatCount } from '../../wording/numbers.ts'
import type { Status } from '../../wording/status-words.ts'
import type { QueueSearch } from './queue-search.ts'
import { type QueueView, queueViews, viewOf } from './views.ts'

type Counts = Partial<Record<Status, number>>

/** The views of the queue, with how much is in each. */
export function QueueTabs({ search, counts }: { search: QueueSearch; counts: Counts | undefined }) {
  const { view, after, status, ...filter } = search
  const current = viewOf(view).key
  const told = useToldCounts(Object.values(filter).every((value) => value === undefined))
  return (
    <nav className="tabs" aria-label="Views">
      {queueViews.map(({ key }) => {
        const one = viewOf(key)
        const count = told(one, counts)
        return (
          <Link
            key={key}
            to="/queue"
            search={{ ...filter, view: key }}
            className="tab"
            aria-current={key === current ? 'page' : undefined}
          >
            {one.label}
            {count !== undefined && <span className="count num">{formatCount(count)}</span>}
          </Link>
        )
      })}
    </nav>
  )
}

function countOf({ statuses }: QueueView, counts: Counts): number {
  const counted = statuses ?? (Object.keys(counts) as Status[])
  return counted.reduce((sum, status) => sum + (counts[status] ?? 0), 0)
}

/**
 * How much there is in a view. What is held and what is appealed is told apart by no status: it is known
 * of the whole queue only.
 */
function useToldCounts(isUnfiltered: boolean) {
  const { data } = useQuery(opsQuery)
  return (view: QueueView, counts: Counts | undefined): number | undefined => {
    const { isHeld, isAppealed } = view
    if (!isHeld && !isAppealed) return counts && countOf(view, counts)
    return isUnfiltered ? data?.[isHeld ? 'held' : 'appealed'] : undefined
  }
}
