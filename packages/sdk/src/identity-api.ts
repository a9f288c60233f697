import type { PendingView } from '@countersign/contract/approvals/gate'
import type {
  LoginView,
  MeView,
  NewTokenView,
  TokenView,
  UserView,
} from '@countersign/contract/identity'
import type { Page, PageQuery } from './page.ts'
import { type Connection, sendJson } from './request.ts'

/** Who asks, and with which tokens. */
export function identityApi(connection: Connection) {
  return {
    logIn: (body: { email: string; password: string }) =>
      sendJson<LoginView>(connection, 'POST', '/api/auth/token', { body }),
    logOut: () => sendJson<void>(connection, 'POST', '/api/auth/logout'),
    me: () => sendJson<MeView>(connection, 'GET', '/api/me'),
    changePassword: (body: { current_password: string; password: string }) =>
      sendJson<void>(connection, 'POST', '/api/me/password', { body }),
    tokens: (query: PageQuery = {}) =>
      sendJson<Page<TokenView>>(connection, 'GET', '/api/tokens', { query: { ...query } }),
    createToken: (body: { name: string; kind: 'user' | 'agent'; expires_in_days?: number }) =>
      sendJson<NewTokenView>(connection, 'POST', '/api/tokens', { body }),
    revokeToken: (id: string) =>
      sendJson<void>(connection, 'DELETE', `/api/tokens/${encodeURIComponent(id)}`),
    users: (query: PageQuery = {}) =>
      sendJson<Page<UserView>>(connection, 'GET', '/api/admin/users', { query: { ...query } }),
    /** The person; to add an admin, the question that another admin has to answer first. */
    createUser: (body: { email: string; password: string; role?: 'user' | 'admin' }) =>
      sendJson<UserView | PendingView>(connection, 'POST', '/api/admin/users', { body }),
    updateUser: (
      id: string,
      body: { role?: 'user' | 'admin'; disabled?: boolean; password?: string },
    ) =>
      sendJson<UserView | PendingView>(
        connection,
        'PATCH',
        `/api/admin/users/${encodeURIComponent(id)}`,
        {
          body,
        },
      ),
  }
}
