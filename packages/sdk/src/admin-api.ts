import type {
  AdminSubmissionList,
  AdminSubmissionView,
  BulkRetryView,
  ReasonBody,
} from '@countersign/contract/admin'
import type { AuditEntryView, AuditReportView } from '@countersign/contract/audit'
import type { FailingReviewView } from '@countersign/contract/operations/job'
import type { OpsView } from '@countersign/contract/operations/ops'
import type { SubmissionView } from '@countersign/contract/submission'
import type { AdminCommentBody, ThreadPage } from '@countersign/contract/thread'
import type { Page, PageQuery } from './page.ts'
import { type Connection, send, sendJson } from './request.ts'

export interface SubmissionQuery extends PageQuery {
  status?: readonly SubmissionView['status'][] | undefined
  type?: SubmissionView['type'] | undefined
  q?: string | undefined
  submitter?: string | undefined
  severity?: string | undefined
  rule?: string | undefined
  held?: boolean | undefined
  claimed?: 'me' | 'nobody' | undefined
  appealed?: boolean | undefined
  archived?: boolean | undefined
}

export interface AuditQuery extends PageQuery {
  actor?: string | undefined
  action?: string | undefined
  resource?: string | undefined
  from?: string | undefined
  to?: string | undefined
}

const root = '/api/admin/store/submissions'

/** What admins decide and operators look at. `ifMatch` is the ETag of what they saw. */
export function adminApi(connection: Connection) {
  const decide = (id: string, verb: string, body: unknown, ifMatch?: string) =>
    sendJson<SubmissionView>(connection, 'POST', `${root}/${encodeURIComponent(id)}/${verb}`, {
      body,
      ...(ifMatch ? { headers: { 'if-match': ifMatch } } : {}),
    })

  return {
    submissions: ({ status, ...query }: SubmissionQuery = {}) =>
      sendJson<AdminSubmissionList>(connection, 'GET', root, {
        query: { ...query, status: status?.join(',') },
      }),
    submission: (id: string) =>
      sendJson<AdminSubmissionView>(connection, 'GET', `${root}/${encodeURIComponent(id)}`),
    bundle: (id: string) => send(connection, 'GET', `${root}/${encodeURIComponent(id)}/bundle.zip`),
    override: (id: string, reason: string | ReasonBody, ifMatch?: string) =>
      decide(id, 'override', bodyOf(reason), ifMatch),
    approve: (id: string, comment?: string, ifMatch?: string) =>
      decide(id, 'approve', { comment }, ifMatch),
    reject: (id: string, reason: string | ReasonBody, ifMatch?: string) =>
      decide(id, 'reject', bodyOf(reason), ifMatch),
    /** Tells other admins that one is reading it. */
    claim: (id: string) => decide(id, 'claim', undefined),
    release: (id: string) =>
      sendJson<SubmissionView>(connection, 'DELETE', `${root}/${encodeURIComponent(id)}/claim`),
    /** Says something to the submitter, or among admins; gives the thread. */
    comment: (id: string, body: AdminCommentBody) =>
      sendJson<ThreadPage>(connection, 'POST', `${root}/${encodeURIComponent(id)}/comments`, {
        body,
      }),
    rescan: (id: string, options: { hide_on_fail?: boolean } = {}, ifMatch?: string) =>
      decide(id, 'rescan', options, ifMatch),
    retry: (id: string, ifMatch?: string) => decide(id, 'retry', undefined, ifMatch),
    retryAll: (body: { status?: SubmissionView['status'][]; ids?: string[]; limit?: number }) =>
      sendJson<BulkRetryView>(connection, 'POST', `${root}/retry`, { body }),
    ops: () => sendJson<OpsView>(connection, 'GET', '/api/admin/ops'),
    failingReviews: (query: PageQuery = {}) =>
      sendJson<Page<FailingReviewView>>(connection, 'GET', '/api/admin/ops/reviews', {
        query: { ...query },
      }),
    pause: () => sendJson<{ paused: true }>(connection, 'POST', '/api/admin/ops/pause'),
    resume: () => sendJson<{ paused: false }>(connection, 'POST', '/api/admin/ops/resume'),
    audit: (query: AuditQuery = {}) =>
      sendJson<Page<AuditEntryView>>(connection, 'GET', '/api/admin/audit', {
        query: { ...query },
      }),
    verifyAudit: () => sendJson<AuditReportView>(connection, 'GET', '/api/admin/audit/verify'),
  }
}

function bodyOf(reason: string | ReasonBody): ReasonBody {
  return typeof reason === 'string' ? { reason } : reason
}
