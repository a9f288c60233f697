import { Link } from '@tanstack/react-router'
import { formatCount } from '../../wording/numbers.ts'
import type { Status } from '../../wording/status-words.ts'
import type { QueueSearch } from './queue-search.ts'
import { type QueueView, queueViews, viewOf } from './views.ts'

type Counts = Partial<Record<Status, number>>

/** The views of the queue, with how much is in each. */
export function QueueTabs({ search, counts }: { search: QueueSearch; counts: Counts | undefined }) {
  const { view, after, ...filter } = search
  const current = viewOf(view).key
  return (
    <nav className="tabs" aria-label="Views">
      {queueViews.map((one) => {
        const count = counts && countOf(one, counts)
        return (
          <Link
            key={one.key}
            to="/queue"
            search={{ ...filter, view: one.key }}
            className="tab"
            aria-current={one.key === current ? 'page' : undefined}
          >
            {one.label}
            {count !== undefined && <span className="count num">{formatCount(count)}</span>}
          </Link>
        )
      })}
    </nav>
  )
}

/** How much is held is told apart by no status, so its view goes without a count. */
function countOf({ statuses, isHeld }: QueueView, counts: Counts): number | undefined {
  if (isHeld) return undefined
  const counted = statuses ?? (Object.keys(counts) as Status[])
  return counted.reduce((sum, status) => sum + (counts[status] ?? 0), 0)
}
