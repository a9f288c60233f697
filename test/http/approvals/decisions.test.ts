import { expect, test } from 'vitest'
import { check, decide, expireAll, type Gate, startGate } from '../../support/approvals.ts'
import type { Person } from '../../support/start-service.ts'

const ask = async (who: Person, n = 1, more: object = {}) =>
  (await check(who, 'delete_data', { n }, more)).body

/** Lets somebody decide in the root. */
function letDecide({ admin }: Gate, who: Person) {
  const path = `/api/workspaces/00000000-0000-7000-8000-000000000001/members/${who.id}`
  return admin.send('PUT', path, { json: { can_decide: true } })
}

test('200 an approval shows what was asked, by whom, and what became of it', async () => {
  const { agent, admin } = await startGate()
  const ticket = await ask(agent, 1, { reason: 'Tidying up', ttl_s: 600, use_ttl_s: 60 })
  const decided = await decide(admin, ticket.approval_id, 'approve', { comment: 'Go on.' })
  expect(decided.status).toBe(200)
  expect(decided.body).toMatchObject({
    id: ticket.approval_id,
    workspace_id: '00000000-0000-7000-8000-000000000001',
    action: 'delete_data',
    context: { n: 1 },
    request_hash: ticket.request_hash,
    reason: 'Tidying up',
    status: 'approved',
    requester: { id: agent.id, kind: 'agent' },
    decided_by: admin.id,
    decision_reason: 'Go on.',
    consumed_at: null,
    execution_id: null,
    votes_needed: 1,
  })
  const { created_at, expires_at, decided_at, use_expires_at } = decided.body
  expect(seconds(created_at, expires_at)).toBeCloseTo(600, 0)
  expect(seconds(decided_at, use_expires_at)).toBeCloseTo(60, 0)
})

function seconds(from: string, to: string) {
  return (Date.parse(to) - Date.parse(from)) / 1000
}

test('403 404 only admins and members who decide do, and never a party to it', async () => {
  const gate = await startGate()
  const { service, agent, ada, admin } = gate
  const colleague = await service.asSomebody()
  const ticket = await ask(agent)
  expect((await decide(colleague, ticket.approval_id)).status).toBe(404)
  const refusals = [await decide(ada, ticket.approval_id), await decide(agent, ticket.approval_id)]
  expect(refusals.map(({ body }) => body.code)).toEqual(['self_approval_forbidden', 'not_eligible'])

  await letDecide(gate, ada)
  await letDecide(gate, colleague)
  // Her agent asks for something that destroys: she neither approves nor denies it.
  for (const verdict of ['approve', 'deny'] as const) {
    const { status, body } = await decide(ada, ticket.approval_id, verdict)
    expect([status, body.code]).toEqual([403, 'self_approval_forbidden'])
  }
  const harmless = await check(agent, 'agent.tool.Bash', { command: 'ls' })
  expect((await decide(ada, harmless.body.approval_id)).status).toBe(200)

  await ask(colleague)
  const joined = await decide(colleague, ticket.approval_id)
  expect([joined.status, joined.body.code]).toEqual([403, 'self_approval_forbidden'])
  expect((await decide(admin, ticket.approval_id)).status).toBe(200)
})

test('200 422 409 a denial says why; a vote on something else than was shown is refused', async () => {
  const { agent, admin } = await startGate()
  const ticket = await ask(agent)
  const silent = await decide(admin, ticket.approval_id, 'deny', { comment: '  ' })
  expect([silent.status, silent.body.code]).toEqual([422, 'comment_required'])
  const stale = await decide(admin, ticket.approval_id, 'approve', {
    expected_hash: '0'.repeat(64),
  })
  expect([stale.status, stale.body.code]).toEqual([409, 'stale_view'])
  const nul = await decide(admin, ticket.approval_id, 'deny', { comment: 'a\0b' })
  expect([nul.status, nul.body.code]).toEqual([422, 'validation_failed'])
  const expected_hash = ticket.request_hash
  const denied = await decide(admin, ticket.approval_id, 'deny', { comment: 'Why?', expected_hash })
  expect(denied.body).toMatchObject({ status: 'denied', decision_reason: 'Why?' })
  const late = await decide(admin, ticket.approval_id)
  expect([late.status, late.body]).toMatchObject([
    409,
    { code: 'already_resolved', current_status: 'denied' },
  ])
})

test('409 what nobody answered in time cannot be answered, even if nobody had noticed', async () => {
  const { agent, admin, db } = await startGate()
  const ticket = await ask(agent)
  await expireAll(db)
  const late = await decide(admin, ticket.approval_id)
  expect([late.status, late.body]).toMatchObject([
    409,
    { code: 'request_expired', current_status: 'expired' },
  ])
  const again = await ask(agent)
  expect(again.approval_id).not.toBe(ticket.approval_id)
  const { body } = await agent.send('GET', `/api/approvals/${ticket.approval_id}`)
  expect(body).toMatchObject({ status: 'expired', decided_by: 'system:timeout' })
})

test('202 an approval that nobody used in time has lapsed', async () => {
  const { agent, admin, db } = await startGate()
  const ticket = await ask(agent)
  await decide(admin, ticket.approval_id)
  await db.$client`update approvals set use_expires_at = now() - interval '1 second'`
  const again = await ask(agent)
  expect(again.approval_id).not.toBe(ticket.approval_id)
  const { body } = await agent.send('GET', `/api/approvals/${ticket.approval_id}`)
  expect(body.status).toBe('lapsed')
})

test('200 403 409 whoever asked cancels, whoever decides revokes, and only in time', async () => {
  const { service, agent, ada, admin } = await startGate()
  const ticket = await ask(agent)
  const act = (who: Person, verb: string, id = ticket.approval_id) =>
    who.send('POST', `/api/approvals/${id}/${verb}`, { json: { reason: 'Changed my mind' } })
  expect((await act(await service.asSomebody(), 'cancel')).status).toBe(404)
  expect((await act(ada, 'cancel')).body).toMatchObject({
    status: 'cancelled',
    decided_by: ada.id,
    decision_reason: 'Changed my mind',
  })
  expect((await act(ada, 'cancel')).status).toBe(409)

  const second = await ask(agent)
  expect((await act(admin, 'revoke', second.approval_id)).status).toBe(409)
  await decide(admin, second.approval_id)
  expect((await act(admin, 'revoke', second.approval_id)).body.status).toBe('revoked')
  expect((await check(agent, 'delete_data', { n: 1 })).status).toBe(202)

  const third = await ask(agent, 3)
  await decide(admin, third.approval_id)
  await ask(agent, 3)
  const used = await act(admin, 'revoke', third.approval_id)
  expect([used.status, used.body.code]).toEqual([409, 'already_consumed'])
})

test('200 204 whoever waits for an answer hears it, or that there is none yet', async () => {
  const { service, agent, admin } = await startGate()
  const ticket = await ask(agent)
  const path = `/api/approvals/${ticket.approval_id}/wait`
  expect((await agent.send('GET', `${path}?timeout_s=0.2`)).status).toBe(204)
  const waiting = agent.send('GET', `${path}?timeout_s=20`)
  await decide(admin, ticket.approval_id)
  expect((await waiting).body).toMatchObject({ id: ticket.approval_id, status: 'approved' })
  const stranger = await service.asSomebody()
  expect((await stranger.send('GET', path)).status).toBe(404)
})

test('200 an action that needs two approvals waits for the second', async () => {
  const gate = await startGate()
  const { service, agent, admin, db } = gate
  const second = await service.asSomebody()
  await letDecide(gate, second)
  const ticket = await ask(agent)
  await db.$client`update approvals set votes_needed = 2`
  expect((await decide(admin, ticket.approval_id)).body.status).toBe('pending')
  const again = await decide(admin, ticket.approval_id)
  expect([again.status, again.body.code]).toEqual([409, 'already_voted'])
  expect((await decide(second, ticket.approval_id)).body.status).toBe('approved')
})

test('200 a list shows the own questions, and those of the own workspaces', async () => {
  const gate = await startGate()
  const { service, agent, ada, admin } = gate
  const other = await service.asSomebody()
  await ask(agent)
  await ask(other, 2)
  const list = async (who: Person, query = '') =>
    (await who.send('GET', `/api/approvals${query}`)).body.items
  expect(await list(agent)).toHaveLength(1)
  expect(await list(ada)).toHaveLength(1)
  expect(await list(admin)).toHaveLength(2)
  expect(await list(admin, '?mine=true')).toHaveLength(0)
  await letDecide(gate, other)
  expect(await list(other)).toHaveLength(2)
  expect(await list(other, '?mine=true')).toHaveLength(1)
  expect(await list(admin, '?status=approved,denied')).toHaveLength(0)
  expect(await list(admin, '?status=pending&action=delete_data&limit=1')).toHaveLength(1)
})

test('200 404 409 whoever was let through reports how it ended, once', async () => {
  const { agent, admin, ada, db } = await startGate()
  const ticket = await ask(agent)
  await decide(admin, ticket.approval_id)
  const { execution_id: id } = await ask(agent)
  const report = (who: Person, status: string) =>
    who.send('POST', `/api/executions/${id}/result`, { json: { status, error: null } })
  expect((await report(ada, 'succeeded')).status).toBe(404)
  expect((await report(agent, 'succeeded')).body).toMatchObject({
    id,
    approval_id: ticket.approval_id,
    action: 'delete_data',
    request_hash: ticket.request_hash,
    authorized_by: 'approval',
    status: 'succeeded',
  })
  expect((await report(agent, 'succeeded')).status).toBe(200)
  const other = await report(agent, 'failed')
  expect([other.status, other.body]).toMatchObject([
    409,
    { code: 'already_reported', current_status: 'succeeded' },
  ])
  expect((await agent.send('GET', `/api/executions/${id}`)).body.status).toBe('succeeded')
  expect(await db.$client`select 1 from executions`).toHaveLength(1)
})

test('an execution that nobody reported in time is unknown, and its ticket stays used', async () => {
  const { agent, admin, db } = await startGate({ withWorker: true })
  const ticket = await ask(agent)
  await decide(admin, ticket.approval_id)
  const { execution_id: id } = await ask(agent)
  await db.$client`update executions set lease_expires_at = now() - interval '1 second'`
  const json = { status: 'succeeded' }
  const late = await agent.send('POST', `/api/executions/${id}/result`, { json })
  expect([late.status, late.body.current_status]).toEqual([409, 'unknown'])
  await expect
    .poll(() => db.$client`select 1 from executions where status = 'unknown'`)
    .toHaveLength(1)
  expect((await check(agent, 'delete_data', { n: 1 })).status).toBe(202)
})
