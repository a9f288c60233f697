import type { Database } from '@countersign/db/client'
import { type Answer, type Person, type ServiceOptions, startService } from './start-service.ts'
import { until } from './until.ts'

/** A service in which an admin decides what somebody and their agent ask for. */
export async function startGate(options: ServiceOptions = {}) {
  const service = await startService({ withWorker: false, ...options })
  const admin = await service.asAdmin()
  const ada = await service.asSomebody()
  const agent = await service.asAgentOf(ada)
  return { service, admin, ada, agent, db: service.db }
}

export type Gate = Awaited<ReturnType<typeof startGate>>

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

/** Something that a client of the confirmation daemon submits. */
export const restart = { action: 'restart_cache', description: 'Restart the cache of the shop' }

export function submit(client: Person, more: object = {}): Promise<Answer> {
  return client.send('POST', '/confirm', { json: { ...restart, ...more } })
}

/** Lets the time of everything that waits be over. */
export async function expireAll({ $client: sql }: Database): Promise<void> {
  await sql`
    update approvals set created_at = created_at - interval '7 days',
      expires_at = expires_at - interval '7 days' where status = 'pending'`
}

/** The newest question of somebody's that waits for an answer, once there is one. */
export function untilAsked(asker: Person): Promise<Answer['body']> {
  return until(async () => {
    const { body } = await asker.send('GET', '/api/approvals?status=pending&mine=true')
    const [first] = body.items
    if (!first) throw new Error('Nothing is asked.')
    return first
  })
}
