import { checkGate, type GateRequest } from '@countersign/core/approvals/gate/check-gate'
import { decideApproval } from '@countersign/core/approvals/tickets/decide-approval'
import type { Caller } from '@countersign/core/identity/caller'
import { newId } from '@countersign/core/ids'
import { connect } from '@countersign/db/client'
import { createStore, createTransact } from '@countersign/db/store'
import { onTestFinished } from 'vitest'
import { createDatabase } from '../database.ts'

const connections = 40

/** The gate over forty connections, an agent that asks, and people who decide. */
export async function openGate(admins = 4) {
  const { url } = await createDatabase()
  const db = connect(url, { max: connections })
  // No line is left that waits for something.
  onTestFinished(() => db.$client.end())
  const store = createStore(db)
  const ports = { store, transact: createTransact(db) }
  const add = async (kind: 'user' | 'agent', ownerId: string | null): Promise<Caller> => {
    const id = newId()
    const isUser = kind === 'user'
    const email = isUser ? `${id}@example.com` : null
    const role = isUser ? 'admin' : null
    const handle = `p-${id}`
    await store.principals.insert({ id, kind, email, handle, role, ownerId, passwordHash: null })
    return { id, kind, handle, email, role, personId: ownerId ?? id, personHandle: handle }
  }
  const [owner, ...people] = await Promise.all(
    Array.from({ length: admins + 1 }, () => add('user', null)),
  )
  const agent = await add('agent', owner?.id ?? null)
  const ask = (context: object = {}, more: Partial<GateRequest> = {}) =>
    checkGate(ports, {
      caller: agent,
      action: 'delete_data',
      context,
      reason: '',
      ttlS: 300,
      useTtlS: 900,
      ...more,
    })
  const decide = (caller: Caller, approvalId: string, verdict: 'approve' | 'deny') =>
    decideApproval(ports, { caller, approvalId, verdict, comment: 'No.', needsComment: true })
  return { url, sql: db.$client, ports, store, agent, people, ask, decide }
}

export type OpenGate = Awaited<ReturnType<typeof openGate>>

/** Asks, and gives the ticket that waits. */
export async function pendingId(
  { ask }: Pick<OpenGate, 'ask'>,
  context: object = {},
): Promise<string> {
  const outcome = await ask(context)
  if (outcome.kind !== 'pending') throw new Error('It was allowed.')
  return outcome.ticket.approvalId
}

/** Does the same many times at once. */
export const many = <T>(count: number, work: (n: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, n) => work(n)))
