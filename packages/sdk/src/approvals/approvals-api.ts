import type { ApprovalView } from '@countersign/contract/approvals/approval'
import type { ExecutionView } from '@countersign/contract/approvals/execution'
import type { AllowedView, GateBody, PendingView } from '@countersign/contract/approvals/gate'
import type { Page, PageQuery } from '../page.ts'
import { type Connection, sendJson } from '../request.ts'

export interface ApprovalQuery extends PageQuery {
  status?: readonly ApprovalView['status'][] | undefined
  action?: string | undefined
  workspace_id?: string | undefined
  session_id?: string | undefined
  /** Only what the caller or their agents asked for. */
  mine?: boolean | undefined
}

/** What the gate says: let through with an execution to report on, or asked of somebody. */
export type GateAnswer = AllowedView | PendingView

export interface Decision {
  verdict: 'approve' | 'deny'
  /** Needed to deny. */
  comment?: string | undefined
  /** The `request_hash` that was shown: a decision on anything else is refused. */
  expected_hash?: string | undefined
}

const root = '/api/approvals'

/** May this action run? Who asks, who answers, and how it went. */
export function approvalsApi(connection: Connection) {
  const at = (id: string) => `${root}/${encodeURIComponent(id)}`
  const execution = (id: string) => `/api/executions/${encodeURIComponent(id)}`

  return {
    check: (body: GateBody, signal?: AbortSignal) =>
      sendJson<GateAnswer>(connection, 'POST', '/api/gate/check', { body, signal }),
    list: ({ status, ...query }: ApprovalQuery = {}) =>
      sendJson<Page<ApprovalView>>(connection, 'GET', root, {
        query: { ...query, status: status?.join(',') },
      }),
    get: (id: string) => sendJson<ApprovalView>(connection, 'GET', at(id)),
    /** The approval once it is answered; `undefined` if it is not by the end of the wait. */
    wait: (id: string, query: { timeout_s?: number } = {}, signal?: AbortSignal) =>
      sendJson<ApprovalView | undefined>(connection, 'GET', `${at(id)}/wait`, { query, signal }),
    decide: (id: string, body: Decision) =>
      sendJson<ApprovalView>(connection, 'POST', `${at(id)}/decisions`, { body }),
    cancel: (id: string, reason?: string) =>
      sendJson<ApprovalView>(connection, 'POST', `${at(id)}/cancel`, { body: { reason } }),
    revoke: (id: string, reason?: string) =>
      sendJson<ApprovalView>(connection, 'POST', `${at(id)}/revoke`, { body: { reason } }),
    execution: (id: string) => sendJson<ExecutionView>(connection, 'GET', execution(id)),
    report: (id: string, body: { status: 'succeeded' | 'failed'; error?: string | undefined }) =>
      sendJson<ExecutionView>(connection, 'POST', `${execution(id)}/result`, { body }),
  }
}
