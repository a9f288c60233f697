import type { SubmissionView } from '@countersign/sdk'
import { Link } from '@tanstack/react-router'
import { Age } from '../../components/age.tsx'
import { Mark } from '../../components/mark.tsx'
import { Message } from '../../components/page-state.tsx'
import { StatusBadge } from '../../components/status-badge.tsx'
import type { MergedRows } from '../../live/merge-rows.ts'
import { gainLabels } from '../../wording/describe-capability.ts'
import { holdWords } from '../../wording/status-words.ts'
import type { QueueSearch } from './queue-search.ts'
import { viewOf } from './views.ts'

/** A page of the queue. Rows stay where they are; those that left the view say so. */
export function QueueTable(props: {
  search: QueueSearch
  rows: MergedRows<SubmissionView>['rows']
  next: string | null
}) {
  const { search, rows, next } = props
  if (rows.length === 0) return <Message title={viewOf(search.view).empty} />
  return (
    <div className="panel">
      <div className="table-wrap">
        <table className="table">
          <caption className="unseen">Submissions</caption>
          <thead>
            <tr>
              <th scope="col">Status</th>
              <th scope="col">Submission</th>
              <th scope="col">Change</th>
              <th scope="col">Severity</th>
              <th scope="col">Submitter</th>
              <th scope="col" className="end">
                Age
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ row, isGone }) => (
              <Row key={row.id} row={row} isGone={isGone} />
            ))}
          </tbody>
        </table>
      </div>
      <Pager search={search} next={next} />
    </div>
  )
}

function Row({ row, isGone }: { row: SubmissionView; isGone: boolean }) {
  return (
    <tr data-gone={isGone || undefined}>
      <td>
        <StatusBadge {...row} />
      </td>
      <td>
        <strong>{row.name}</strong> <span className="quiet">v{row.version_no}</span>{' '}
        <span className="quiet small">{row.type}</span>
      </td>
      <td>
        <Changes row={row} />
      </td>
      <td>{row.severity ?? <span className="quiet">none</span>}</td>
      <td className="ellipsis">{row.submitter.email}</td>
      <td className="end">
        <Age at={row.created_at} />
      </td>
    </tr>
  )
}

function Changes({ row }: { row: SubmissionView }) {
  const gains = gainLabels(row.capability_delta).slice(0, 2)
  return (
    <span className="row">
      {row.hold_reason && <Mark tone="amber">{holdWords[row.hold_reason]}</Mark>}
      {row.entity_version_no === null && <Mark tone="blue">new</Mark>}
      {gains.map((gain) => (
        <Mark key={gain} tone="violet">
          {gain}
        </Mark>
      ))}
    </span>
  )
}

function Pager({ search, next }: { search: QueueSearch; next: string | null }) {
  const { after, ...first } = search
  if (!after && !next) return null
  return (
    <nav className="pager" aria-label="Pages of the queue">
      {after && (
        <Link to="/queue" search={first} className="button" data-size="s">
          Newest
        </Link>
      )}
      {next && (
        <Link to="/queue" search={{ ...search, after: next }} className="button" data-size="s">
          Older
        </Link>
      )}
    </nav>
  )
}
