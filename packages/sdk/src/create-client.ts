import { adminApi } from './admin-api.ts'
import { approvalsApi } from './approvals/approvals-api.ts'
import { sessionsApi } from './approvals/sessions-api.ts'
import { workspacesApi } from './approvals/workspaces-api.ts'
import { eventsApi } from './events-api.ts'
import { createGate } from './gate/gate.ts'
import { createThreads } from './gate/threads.ts'
import { identityApi } from './identity-api.ts'
import type { Connection } from './request.ts'
import { storeApi } from './store-api.ts'
import { suppressionsApi } from './suppressions-api.ts'
import { webhookApi } from './webhook-api.ts'

/**
 * A typed client of one Countersign service.
 *
 * @example
 * const countersign = createClient({ baseUrl: 'https://sign.example.com', token })
 * const entity = await countersign.store.submit({ file, fileName: 'skill.zip', type: 'skill', description })
 */
export function createClient(connection: Connection) {
  const approvals = approvalsApi(connection)
  const sessions = sessionsApi(connection)
  const gate = createGate(approvals)
  return {
    store: storeApi(connection),
    admin: adminApi(connection),
    identity: identityApi(connection),
    events: eventsApi(connection),
    suppressions: suppressionsApi(connection),
    webhooks: webhookApi(connection),
    approvals,
    sessions,
    workspaces: workspacesApi(connection),
    gate,
    threads: createThreads(sessions, gate),
  }
}

export type Client = ReturnType<typeof createClient>
