import type {
  ChangeBody,
  SessionBody,
  SessionView,
  TurnBody,
  TurnView,
} from '@countersign/contract/approvals/session'
import type { Page, PageQuery } from '../page.ts'
import { type Connection, sendJson } from '../request.ts'

const root = '/api/sessions'

/** Threads of an agent's work, each with the mode in which its actions are judged. */
export function sessionsApi(connection: Connection) {
  const at = (id: string) => `${root}/${encodeURIComponent(id)}`

  return {
    list: (query: PageQuery = {}) =>
      sendJson<Page<SessionView>>(connection, 'GET', root, { query: { ...query } }),
    get: (id: string, query: { include?: 'turns' } = {}) =>
      sendJson<SessionView>(connection, 'GET', at(id), { query }),
    start: (body: SessionBody = {}) => sendJson<SessionView>(connection, 'POST', root, { body }),
    resume: (id: string, body: ChangeBody = {}) =>
      sendJson<SessionView>(connection, 'POST', `${at(id)}/resume`, { body }),
    fork: (id: string, body: ChangeBody = {}) =>
      sendJson<SessionView>(connection, 'POST', `${at(id)}/fork`, { body }),
    startTurn: (id: string, body: TurnBody = {}) =>
      sendJson<TurnView>(connection, 'POST', `${at(id)}/turns`, { body }),
    moveTurn: (turnId: string, status: TurnView['status']) =>
      sendJson<TurnView>(connection, 'PATCH', `/api/turns/${encodeURIComponent(turnId)}`, {
        body: { status },
      }),
    archive: (id: string) => sendJson<void>(connection, 'DELETE', at(id)),
  }
}
