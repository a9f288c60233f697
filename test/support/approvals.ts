import { type Answer, type Person, type ServiceOptions, startService } from './start-service.ts'

/** A service in which an admin decides what somebody and their agent ask for. */
export async function startGate(options: ServiceOptions = {}) {
  const service = await startService({ withWorker: false, ...options })
  const admin = await service.asAdmin()
  const ada = await service.asSomebody()
  const agent = await service.asAgentOf(ada)
  return { service, admin, ada, agent, db: service.db }
}

/** Asks the gate. */
export function check(
  asker: Person,
  action: string,
  context: object = {},
  more: object = {},
): Promise<Answer> {
  return asker.send('POST', '/api/gate/check', { json: { action, context, ...more } })
}

/** Decides on a ticket. */
export function decide(
  decider: Person,
  approvalId: string,
  verdict: 'approve' | 'deny' = 'approve',
  more: object = {},
): Promise<Answer> {
  const json = { verdict, ...(verdict === 'deny' && { comment: 'No.' }), ...more }
  return decider.send('POST', `/api/approvals/${approvalId}/decisions`, { json })
}
