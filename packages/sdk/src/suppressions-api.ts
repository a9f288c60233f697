import type { SuppressionBody, SuppressionView } from '@countersign/contract/operations/suppression'
import type { Page, PageQuery } from './page.ts'
import { type Connection, sendJson } from './request.ts'

const root = '/api/admin/suppressions'

/** Where a rule is taken to be wrong, for a time. For admins. */
export function suppressionsApi(connection: Connection) {
  return {
    /** Those that hold, unless `active` is `false`. */
    list: (query: PageQuery & { entity_id?: string | undefined; active?: boolean } = {}) =>
      sendJson<Page<SuppressionView>>(connection, 'GET', root, { query: { ...query } }),
    create: (body: SuppressionBody) =>
      sendJson<SuppressionView>(connection, 'POST', root, { body }),
    end: (id: string) => sendJson<void>(connection, 'DELETE', `${root}/${encodeURIComponent(id)}`),
  }
}
