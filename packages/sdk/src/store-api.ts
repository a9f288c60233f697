import type { PendingView } from '@countersign/contract/approvals/gate'
import type { EntityView, SubmittedEntityView } from '@countersign/contract/entity'
import type { VerdictTimesView } from '@countersign/contract/operations/verdict-times'
import type { ReportView } from '@countersign/contract/report'
import type { StatusView } from '@countersign/contract/status'
import type { OwnSubmissionView, SubmissionView } from '@countersign/contract/submission'
import type { RehearsalView } from '@countersign/contract/submit'
import type { CommentBody, ThreadPage } from '@countersign/contract/thread'
import type { DiffView, FileView } from '@countersign/contract/version'
import type { Page, PageQuery } from './page.ts'
import { type Connection, send, sendJson } from './request.ts'

/** A bundle as it is sent. */
export interface BundleUpload {
  file: Blob
  fileName: string
}

export interface Submission extends BundleUpload {
  type: EntityView['type']
  description: string
  name?: string | undefined
  category?: string | undefined
}

export interface Edit extends Partial<BundleUpload> {
  name?: string | undefined
  description?: string | undefined
  category?: string | null | undefined
  /** The revision that was read: an edit of anything newer is refused. */
  ifMatch?: string | undefined
}

export interface EntityQuery extends PageQuery {
  q?: string | undefined
  type?: EntityView['type'] | undefined
  owner?: string | undefined
  category?: string | undefined
  installed?: boolean | undefined
}

const root = '/api/store'

/** What submitters and installers do. */
export function storeApi(connection: Connection) {
  const json = <Result>(
    ...request: Parameters<typeof sendJson> extends [Connection, ...infer Rest] ? Rest : never
  ) => sendJson<Result>(connection, ...request)
  const entity = (id: string) => `${root}/entities/${encodeURIComponent(id)}`

  return {
    submit: (submission: Submission, options: { idempotencyKey?: string } = {}) =>
      json<SubmittedEntityView>('POST', `${root}/entities`, {
        body: formOf(submission),
        ...(options.idempotencyKey
          ? { headers: { 'idempotency-key': options.idempotencyKey } }
          : {}),
      }),
    rehearse: (submission: Submission) =>
      json<RehearsalView>('POST', `${root}/entities/dryrun`, { body: formOf(submission) }),
    list: (query: EntityQuery = {}) =>
      json<Page<EntityView>>('GET', `${root}/entities`, { query: { ...query } }),
    get: (id: string) => json<EntityView>('GET', entity(id)),
    /** The entity with its ETag, for an edit of exactly what was read. */
    open: (id: string) => openEntity(connection, entity(id)),
    edit: (id: string, { ifMatch, ...edit }: Edit) =>
      json<SubmittedEntityView>('PUT', entity(id), {
        body: edit.file ? formOf(edit) : edit,
        ...(ifMatch ? { headers: { 'if-match': ifMatch } } : {}),
      }),
    status: (
      id: string,
      query: { wait?: number; submission_id?: string } = {},
      signal?: AbortSignal,
    ) => json<StatusView>('GET', `${entity(id)}/status`, { query, signal }),
    files: (id: string, n: number) =>
      json<{ items: FileView[] }>('GET', `${entity(id)}/versions/${n}/files`),
    file: (id: string, n: number, path: string) =>
      send(connection, 'GET', `${entity(id)}/versions/${n}/files/${encodePath(path)}`),
    diff: (id: string, from: number, to: number) =>
      json<DiffView>('GET', `${entity(id)}/diff`, { query: { from, to } }),
    bundle: (id: string, n: number) =>
      send(connection, 'GET', `${entity(id)}/versions/${n}/bundle.zip`),
    restore: (id: string, n: number) =>
      json<SubmittedEntityView>('POST', `${entity(id)}/versions/${n}/restore`),
    archive: (id: string) => json<void>('DELETE', entity(id)),
    /** Deletes for good; or gives the question that another admin has to answer first. */
    delete: (id: string, { solo }: { solo?: boolean } = {}) =>
      json<PendingView | undefined>('DELETE', entity(id), { query: { hard: true, solo } }),
    install: (id: string) => json<{ installed: true }>('POST', `${entity(id)}/install`),
    uninstall: (id: string) => json<void>('DELETE', `${entity(id)}/install`),
    installs: (query: PageQuery = {}) =>
      json<Page<EntityView>>('GET', `${root}/installs`, { query: { ...query } }),
    ...submissionsOf(connection),
  }
}

/** What a person sent for review. */
function submissionsOf(connection: Connection) {
  const submission = (id: string) => `${root}/submissions/${encodeURIComponent(id)}`
  return {
    submissions: (query: PageQuery = {}) =>
      sendJson<Page<SubmissionView>>(connection, 'GET', `${root}/submissions`, {
        query: { ...query },
      }),
    verdictTimes: () => sendJson<VerdictTimesView>(connection, 'GET', `${root}/verdict-times`),
    submission: (id: string) => sendJson<OwnSubmissionView>(connection, 'GET', submission(id)),
    report: (id: string) => sendJson<ReportView>(connection, 'GET', `${submission(id)}/report`),
    /** Says something to those who decide; gives the thread. */
    comment: (id: string, body: CommentBody) =>
      sendJson<ThreadPage>(connection, 'POST', `${submission(id)}/comments`, { body }),
    withdraw: (id: string) =>
      sendJson<SubmissionView>(connection, 'POST', `${submission(id)}/withdraw`),
  }
}

async function openEntity(
  connection: Connection,
  path: string,
): Promise<{ entity: EntityView; etag: string }> {
  const response = await send(connection, 'GET', path)
  const read = (await response.json()) as EntityView
  return { entity: read, etag: response.headers.get('etag') ?? '*' }
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}

function formOf({ file, fileName, ...fields }: Partial<BundleUpload> & object): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string') form.set(name, value)
  }
  // Last, so that a server that reads as it comes has the fields before the bytes.
  if (file) form.set('file', file, fileName)
  return form
}
