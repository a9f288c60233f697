import { expect, test } from 'vitest'
import { check, decide, expireAll, type Gate, startGate } from '../../support/approvals.ts'

/** The events of tickets so far, in their order. */
async function eventsOf({ db }: Gate) {
  const rows = await db.$client`
    select type, data, workspace_id from events where type like 'approval.%' order by id`
  return rows.map(({ type, data, workspace_id }) => ({ type, data, workspaceId: workspace_id }))
}

async function auditOf({ admin }: Gate, approvalId: string) {
  const { body } = await admin.send('GET', `/api/admin/audit?resource=approval:${approvalId}`)
  return body.items.map(({ action }: { action: string }) => action).reverse()
}

test('S4-14 a request is told once, however often it is asked', async () => {
  const gate = await startGate()
  const asked = await check(gate.agent, 'delete_data', {}, { reason: 'Old rows' })
  await check(gate.agent, 'delete_data', {}, { reason: 'Old rows' })
  const events = await eventsOf(gate)
  expect(events).toHaveLength(1)
  expect(events[0]).toMatchObject({
    type: 'approval.requested',
    data: { approval_id: asked.body.approval_id, action: 'delete_data', reason: 'Old rows' },
  })
})

test('S4-15 a workspace’s parent hears of it too; a root has none', async () => {
  const gate = await startGate()
  const { ada, agent } = gate
  const { body: parent } = await ada.send('POST', '/api/workspaces', { json: { name: 'Above' } })
  const json = { name: 'Below', parent_id: parent.id }
  const { body: child } = await ada.send('POST', '/api/workspaces', { json })
  const asked = await check(agent, 'delete_data', {}, { workspace_id: child.id, reason: 'x' })
  for (const workspace_id of [undefined, parent.id]) {
    expect((await check(agent, 'delete_data', {}, { workspace_id })).status).toBe(202)
  }
  const escalated = (await eventsOf(gate)).filter(({ type }) => type === 'approval.escalated')
  expect(escalated).toEqual([
    {
      type: 'approval.escalated',
      workspaceId: parent.id,
      data: expect.objectContaining({
        approval_id: asked.body.approval_id,
        from_workspace_id: child.id,
        action: 'delete_data',
        reason: 'x',
      }),
    },
  ])
})

test('every end of a ticket is told once and on record with who did it', async () => {
  const gate = await startGate()
  const { agent, admin, ada, db } = gate
  const [one, two, three, four] = await Promise.all(
    [1, 2, 3, 4].map(async (n) => (await check(agent, 'delete_data', { n })).body.approval_id),
  )
  await decide(admin, one)
  await check(agent, 'delete_data', { n: 1 })
  await decide(admin, two, 'deny')
  await ada.send('POST', `/api/approvals/${three}/cancel`)
  await expireAll(db)
  await decide(admin, four)

  expect(await auditOf(gate, one)).toEqual([
    'approval.requested',
    'approval.approved',
    'approval.consumed',
  ])
  expect(await auditOf(gate, two)).toEqual(['approval.requested', 'approval.denied'])
  expect(await auditOf(gate, three)).toEqual(['approval.requested', 'approval.cancelled'])
  expect(await auditOf(gate, four)).toEqual(['approval.requested', 'approval.expired'])
  const ends = (await eventsOf(gate)).filter(({ type }) => type !== 'approval.requested')
  expect(ends.map(({ type, data }) => [type, data.approval_id, data.status]).sort()).toEqual(
    [
      ['approval.decided', one, 'approved'],
      ['approval.decided', two, 'denied'],
      ['approval.decided', three, 'cancelled'],
      ['approval.expired', four, 'expired'],
    ].sort(),
  )
  const { body: report } = await admin.send('GET', '/api/admin/audit/verify')
  expect(report).toMatchObject({ ok: true, broken_at: null })
})

test('S4-16 telling nobody changes no outcome: an event is a row, and the gate waits for no reader', async () => {
  const gate = await startGate()
  const { agent, admin, ada, db } = gate
  const { body: parent } = await ada.send('POST', '/api/workspaces', { json: { name: 'Gone' } })
  const json = { name: 'Below', parent_id: parent.id }
  const { body: child } = await ada.send('POST', '/api/workspaces', { json })
  await db.$client`update workspaces set deleted_at = now() where id = ${parent.id}`
  const asked = await check(agent, 'delete_data', {}, { workspace_id: child.id })
  expect(asked.status).toBe(202)
  await decide(admin, asked.body.approval_id)
  expect((await check(agent, 'delete_data', {}, { workspace_id: child.id })).status).toBe(200)
  const types = (await eventsOf(gate)).map(({ type }) => type)
  expect(types).toEqual(['approval.requested', 'approval.decided'])
})

test('what is refused unasked is on record', async () => {
  const gate = await startGate()
  const { ada, agent, admin } = gate
  const { body: session } = await ada.send('POST', '/api/sessions', {
    json: { approval_mode: 'deny_all' },
  })
  await check(agent, 'agent.tool.Bash', { command: 'ls' }, { session_id: session.id })
  const { body } = await admin.send('GET', '/api/admin/audit?action=approval.refused')
  expect(body.items).toMatchObject([
    {
      actor: { id: agent.id, kind: 'agent' },
      params: { action: 'agent.tool.Bash', code: 'denied_by_mode', session_id: session.id },
    },
  ])
})
