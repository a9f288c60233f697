import { check, decide } from '../approvals.ts'
import type { Person } from '../start-service.ts'
import type { FaultyProcess } from './faulty-process.ts'
import { as } from './kill-at-steps.ts'
import type { Fleet } from './start-fleet.ts'

/** An agent that asks, an admin who asks, and one who answers both. */
export interface Parties {
  agent: Person
  admin: Person
  other: Person
}

/** One of everything that can be asked, none of which was asked before. */
export interface Matter {
  name: string
  workspaceId: string
}

/** What was answered: which executions were let through, and what should never have been. */
export interface Log {
  executions: Set<string>
  unapproved: string[]
}

/** The same people, at another API. */
export function partiesAt(
  fleet: Pick<Fleet, 'callersOf'>,
  api: FaultyProcess,
  parties: Parties,
): Parties {
  const { agent, admin, other } = parties
  return {
    agent: as(fleet, api, agent),
    admin: as(fleet, api, admin),
    other: as(fleet, api, other),
  }
}

/** Makes something that can be asked about. */
export async function openMatter({ admin }: Parties, name: string): Promise<Matter> {
  const { body } = await admin.send('POST', '/api/workspaces', { json: { name } })
  return { name, workspaceId: body.id }
}

/**
 * Takes every step of the gate about a matter: asks, is answered, uses the answer and reports, denies,
 * does an operation of the service's own, and has something confirmed. Each of its lines goes as far as
 * it gets; gives whether all came to their end.
 *
 * Whoever walks again about the same matter goes on where the walk before was cut short.
 */
export async function walkGate(parties: Parties, matter: Matter, log: Log): Promise<boolean> {
  const ends = await Promise.allSettled([
    useApproval(parties, matter, log),
    beDenied(parties, matter, log),
    closeWorkspace(parties, matter),
    haveConfirmed(parties, matter),
  ])
  return ends.every((end) => end.status === 'fulfilled' && end.value)
}

async function useApproval({ agent, other }: Parties, { name }: Matter, log: Log) {
  const ask = () => check(agent, 'delete_data', { name })
  const asked = await ask()
  if (asked.status === 202) await decide(other, asked.body.approval_id)
  const { status, body } = asked.status === 200 ? asked : await ask()
  if (status !== 200) return false
  log.executions.add(body.execution_id)
  const path = `/api/executions/${body.execution_id}/result`
  return (await agent.send('POST', path, { json: { status: 'succeeded' } })).status === 200
}

async function beDenied({ agent, other }: Parties, { name }: Matter, log: Log) {
  const ask = async () => {
    const answer = await check(agent, 'wipe_database', { name })
    if (answer.status === 200) log.unapproved.push(answer.body.execution_id)
    return answer
  }
  const asked = await ask()
  if (asked.status === 202) await decide(other, asked.body.approval_id, 'deny')
  return (await ask()).status === 403
}

async function closeWorkspace({ admin, other }: Parties, { workspaceId }: Matter) {
  const close = () => admin.send('DELETE', `/api/workspaces/${workspaceId}`)
  const asked = await close()
  if (asked.status === 202) await decide(other, asked.body.approval_id)
  await close()
  return (await admin.send('GET', `/api/workspaces/${workspaceId}`)).status === 404
}

async function haveConfirmed({ agent, other }: Parties, { name }: Matter) {
  const json = { action: `restart ${name}`, description: 'Restart it' }
  const { body } = await agent.send('POST', '/confirm', { json })
  await other.send('POST', body.approve_url, { json: {} })
  return (await agent.send('GET', `/confirm/${body.id}`)).body.status === 'approved'
}
