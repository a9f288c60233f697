import type { ApprovalView } from '@countersign/sdk'
import { queryOptions } from '@tanstack/react-query'
import { countersign } from '../../session/client.ts'
import { type ApprovalsSearch, approvalsViewOf } from './approvals-search.ts'

const pageSize = 50
/** What is open may end without anybody's doing; the stream tells, and this makes sure. */
const recheckMs = 15_000

export function approvalsQuery({ view, action, after }: ApprovalsSearch) {
  const { statuses, isMine } = approvalsViewOf(view)
  return queryOptions({
    queryKey: ['approvals', view, action, after],
    queryFn: () =>
      countersign.approvals.list({
        ...(statuses && { status: statuses }),
        ...(isMine && { mine: true }),
        action,
        limit: pageSize,
        cursor: after,
      }),
    refetchInterval: recheckMs,
  })
}

export function approvalQuery(id: string) {
  return queryOptions({
    queryKey: ['approval', id],
    queryFn: () => countersign.approvals.get(id),
    refetchInterval: ({ state }) => (isOpen(state.data) ? recheckMs : false),
  })
}

/** What was let through on an approval, and how it ended; for whoever acted, and admins. */
export function executionQuery(id: string) {
  return queryOptions({
    queryKey: ['execution', id],
    queryFn: () => countersign.approvals.execution(id),
    refetchInterval: ({ state }) => (state.data?.status === 'started' ? recheckMs : false),
    retry: false,
  })
}

/** The names of the workspaces that the reader knows. */
export const workspaceNamesQuery = queryOptions({
  queryKey: ['workspace-names'],
  queryFn: async () => {
    const { items } = await countersign.workspaces.list({ limit: 200 })
    return new Map(items.map(({ id, name }) => [id, name]))
  },
})

function isOpen(approval: ApprovalView | undefined): boolean {
  return (
    approval?.status === 'pending' || (approval?.status === 'approved' && !approval.consumed_at)
  )
}
