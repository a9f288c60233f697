import type { ApprovalView } from '@countersign/sdk'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Bot, UserRound } from 'lucide-react'
import { Age } from '../../components/age.tsx'
import { InertText } from '../../components/inert-text.tsx'
import { Message } from '../../components/page-state.tsx'
import { Pager } from '../../components/pager.tsx'
import type { MergedRows } from '../../live/merge-rows.ts'
import { useServerTime } from '../../session/use-server-time.ts'
import { ApprovalStatusMark, TimeLeft } from './approval-status.tsx'
import { workspaceNamesQuery } from './approvals-queries.ts'
import { type ApprovalsSearch, approvalsViewOf } from './approvals-search.ts'

/** A page of requests. Rows stay where they are; those that left the view say so. */
export function ApprovalsTable(props: {
  search: ApprovalsSearch
  rows: MergedRows<ApprovalView>['rows']
  next: string | null
}) {
  const { search, rows, next } = props
  const { after, ...first } = search
  const now = useServerTime()
  if (rows.length === 0) return <Message title={approvalsViewOf(search.view).empty} />
  return (
    <div className="panel">
      <div className="table-wrap">
        <table className="table">
          <caption className="unseen">Requests</caption>
          <thead>
            <tr>
              <th scope="col">Status</th>
              <th scope="col">Action</th>
              <th scope="col">Asked by</th>
              <th scope="col">Workspace</th>
              <th scope="col" className="end">
                Time left
              </th>
              <th scope="col" className="end">
                Age
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ row, isGone }) => (
              <Row key={row.id} approval={row} isGone={isGone} now={now} />
            ))}
          </tbody>
        </table>
      </div>
      <Pager
        label="Pages of requests"
        newest={after !== undefined && { to: '/approvals', search: first }}
        older={next !== null && { to: '/approvals', search: { ...first, after: next } }}
      />
    </div>
  )
}

function Row({ approval, isGone, now }: { approval: ApprovalView; isGone: boolean; now: number }) {
  const { data: names } = useQuery(workspaceNamesQuery)
  return (
    <tr data-gone={isGone || undefined}>
      <td>
        <ApprovalStatusMark approval={approval} now={now} />
      </td>
      <td>
        <div className="one-line">
          <Link to="/approvals/$id" params={{ id: approval.id }} className="mono">
            <InertText text={approval.action} />
          </Link>
          <span className="quiet small ellipsis">
            <InertText text={approval.reason || JSON.stringify(approval.context).slice(0, 200)} />
          </span>
        </div>
      </td>
      <td>
        <Requester {...approval.requester} />
      </td>
      <td className="ellipsis">{names?.get(approval.workspace_id) ?? '–'}</td>
      <td className="end">
        <TimeLeft approval={approval} now={now} />
      </td>
      <td className="end">
        <Age at={approval.created_at} />
      </td>
    </tr>
  )
}

/** Who asked, and whether it is an agent. */
export function Requester({ handle, kind }: ApprovalView['requester']) {
  const Icon = kind === 'agent' ? Bot : UserRound
  return (
    <span className="row nowrap">
      <Icon size={14} aria-hidden />
      <span>
        {handle}
        {kind === 'agent' && <span className="quiet small"> agent</span>}
      </span>
    </span>
  )
}
