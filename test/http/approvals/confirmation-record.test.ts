import { expect, test } from 'vitest'
import { expireAll, restart, startGate, submit } from '../../support/approvals.ts'

test('S2-19 S2-20 200 a person decides; their label is a label and their account is on record', async () => {
  const { agent, admin } = await startGate()
  const [first, second] = [await submit(agent), await submit(agent)]
  const json = { approver: 'ops on call' }
  const approved = await admin.send('POST', first.body.approve_url, { json })
  expect(approved.status).toBe(200)
  expect(approved.body).toEqual({
    id: first.body.id,
    action: restart.action,
    status: 'approved',
    resolved_by: 'ops on call',
    resolved_by_principal: admin.id,
    resolved_at: expect.any(Number),
  })
  const reason = { reason: 'Not in the evening.' }
  const denied = await admin.send('POST', second.body.deny_url, { json: reason })
  expect(denied.body).toMatchObject({ status: 'denied', resolved_by: 'admin', ...reason })
  const { body: record } = await agent.send('GET', `/confirm/${second.body.id}`)
  expect(record).toMatchObject({ status: 'denied', ...reason, resolved_by_principal: admin.id })
})

test('S2-20 S2-23 a decision without a body, or with one that cannot be read, is a decision', async () => {
  const { agent, admin } = await startGate()
  const bodies = [{}, { raw: '{nonsense' }, { raw: 'x', headers: { 'content-type': 'text/plain' } }]
  for (const options of bodies) {
    const { body } = await submit(agent)
    const denied = await admin.send('POST', body.deny_url, options)
    expect([denied.status, denied.body.status]).toEqual([200, 'denied'])
    expect(denied.body).not.toHaveProperty('reason')
  }
})

test('S2-21 409 what is decided stays decided, and what is over cannot be decided', async () => {
  const { agent, admin, db } = await startGate()
  const { body } = await submit(agent)
  await admin.send('POST', body.approve_url)
  for (const url of [body.approve_url, body.deny_url]) {
    const again = await admin.send('POST', url)
    expect([again.status, again.body]).toEqual([
      409,
      { error: expect.any(String), status: 'approved' },
    ])
  }
  const { body: late } = await submit(agent)
  await expireAll(db)
  const refused = await admin.send('POST', late.approve_url)
  expect([refused.status, refused.body.status]).toEqual([409, 'expired'])
})

test('S2-22 404 an unknown id is named', async () => {
  const { admin } = await startGate()
  const asked = [
    await admin.send('GET', '/confirm/nothing'),
    await admin.send('POST', '/confirm/nothing/approve'),
    await admin.send('POST', '/confirm/nothing/deny'),
  ]
  for (const { status, body } of asked) {
    expect([status, body]).toEqual([404, { error: "Confirmation 'nothing' not found" }])
  }
})

test('S2-25 S2-26 S2-27 past its time it is expired at once, and the record says so', async () => {
  const { agent, admin, db } = await startGate()
  const { body } = await submit(agent)
  await expireAll(db)
  const { body: record } = await agent.send('GET', `/confirm/${body.id}`)
  expect(record).toMatchObject({ status: 'expired', resolved_by: 'system:timeout' })
  expect(record.resolved_at_iso).toMatch(/Z$/)
  const { body: audit } = await admin.send('GET', '/audit')
  expect(audit.entries[0]).toMatchObject({
    id: body.id,
    status: 'expired',
    resolved_by: 'system:timeout',
  })
})

test('S2-28 S2-29 the record tells of each submission and each resolution, the last first', async () => {
  const { agent, admin, ada } = await startGate()
  const { body } = await submit(agent, { requester: 'night job', details: { host: 'a' } })
  await admin.send('POST', body.approve_url)
  const { status, body: audit } = await admin.send('GET', '/audit')
  expect(status).toBe(200)
  expect(audit.count).toBe(2)
  const common = { id: body.id, ...restart, details: { host: 'a' }, requester: 'night job' }
  expect(audit.entries).toMatchObject([
    { ...common, status: 'approved', resolved_by: 'admin', resolved_at_iso: expect.any(String) },
    { ...common, status: 'pending', resolved_by: null, resolved_at_iso: null },
  ])
  const limits = ['1', '0', '-3', 'many', '9999']
  const counts = limits.map((limit) => admin.send('GET', `/audit?limit=${limit}`))
  expect((await Promise.all(counts)).map((answer) => answer.body.count)).toEqual([1, 1, 1, 2, 2])
  expect((await ada.send('GET', '/audit')).status).toBe(403)
})

test('S2-30 200 health counts what waits, without a token', async () => {
  const { service, agent, admin, db } = await startGate()
  const [first] = [await submit(agent), await submit(agent), await submit(agent)]
  await admin.send('POST', first.body.approve_url)
  const { status, body } = await service.send('GET', '/health')
  expect(status).toBe(200)
  expect(body).toMatchObject({ status: 'ok', pending_count: 2, timestamp: expect.any(String) })
  await expireAll(db)
  expect((await service.send('GET', '/health')).body.pending_count).toBe(0)
})

test('401 403 404 nobody decides without a token, as an agent, or on what they submitted', async () => {
  const { service, agent, admin, ada } = await startGate()
  const { body } = await submit(admin)
  expect((await service.send('POST', '/confirm', { json: restart })).status).toBe(401)
  const anonymous = await service.send('POST', body.approve_url)
  expect([anonymous.status, anonymous.body]).toEqual([401, { error: expect.any(String) }])
  expect((await admin.send('POST', body.approve_url)).status).toBe(403)
  expect((await ada.send('POST', body.approve_url)).status).toBe(404)
  const { body: own } = await submit(agent)
  expect((await agent.send('POST', own.approve_url)).status).toBe(403)
})
