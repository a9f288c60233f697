import type { PendingView } from '@countersign/contract/approvals/gate'
import type { GrantBody, GrantView } from '@countersign/contract/approvals/grant'
import type {
  MemberView,
  WorkspaceBody,
  WorkspaceView,
} from '@countersign/contract/approvals/workspace'
import type { Page, PageQuery } from '../page.ts'
import { type Connection, sendJson } from '../request.ts'

const root = '/api/workspaces'

/** Where actions are asked about, who decides there, and what was answered in advance. */
export function workspacesApi(connection: Connection) {
  const at = (id: string) => `${root}/${encodeURIComponent(id)}`
  const member = (id: string, principalId: string) =>
    `${at(id)}/members/${encodeURIComponent(principalId)}`

  return {
    list: (query: PageQuery = {}) =>
      sendJson<Page<WorkspaceView>>(connection, 'GET', root, { query: { ...query } }),
    get: (id: string) => sendJson<WorkspaceView>(connection, 'GET', at(id)),
    create: (body: WorkspaceBody) => sendJson<WorkspaceView>(connection, 'POST', root, { body }),
    update: (id: string, body: Partial<Pick<WorkspaceBody, 'name' | 'max_mode'>>) =>
      sendJson<WorkspaceView>(connection, 'PATCH', at(id), { body }),
    /** Nothing once it is closed; until somebody has approved that, the question. */
    delete: (id: string) => sendJson<PendingView | undefined>(connection, 'DELETE', at(id)),
    members: (id: string, query: PageQuery = {}) =>
      sendJson<Page<MemberView>>(connection, 'GET', `${at(id)}/members`, { query: { ...query } }),
    putMember: (id: string, principalId: string, body: { can_decide: boolean }) =>
      sendJson<MemberView>(connection, 'PUT', member(id, principalId), { body }),
    removeMember: (id: string, principalId: string) =>
      sendJson<void>(connection, 'DELETE', member(id, principalId)),
    grants: (query: PageQuery & { workspace_id?: string | undefined } = {}) =>
      sendJson<Page<GrantView>>(connection, 'GET', '/api/grants', { query: { ...query } }),
    createGrant: (body: GrantBody) =>
      sendJson<GrantView>(connection, 'POST', '/api/grants', { body }),
    revokeGrant: (id: string) =>
      sendJson<void>(connection, 'DELETE', `/api/grants/${encodeURIComponent(id)}`),
  }
}
