import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Loaded } from '../../components/loaded.tsx'
import { StatusBadge } from '../../components/status-badge.tsx'
import { formatCount } from '../../wording/numbers.ts'
import { statusNames } from '../../wording/status-words.ts'
import { countsQuery } from '../queue/queue-queries.ts'

/** How many submissions there are of each status. */
export function StatusCard() {
  const query = useQuery(countsQuery({}))
  return (
    <section className="panel">
      <h2 className="panel-head">Submissions by status</h2>
      <Loaded query={query} rows={4}>
        {(counts) => (
          <dl className="counts panel-body">
            {statusNames.map((status) => (
              <div key={status}>
                <dt>
                  <StatusBadge status={status} hold_reason={null} />
                </dt>
                <dd className="num">
                  <Link to="/queue" search={{ view: 'all', status }}>
                    {formatCount(counts[status] ?? 0)}
                  </Link>
                </dd>
              </div>
            ))}
          </dl>
        )}
      </Loaded>
    </section>
  )
}
