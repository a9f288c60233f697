import { startApi } from '@countersign/api/start-api'
import { expect, test } from 'vitest'
import { restart, startGate, submit } from '../../support/approvals.ts'

test('S2-04 S2-05 202 a submission waits, with the two paths that decide it', async () => {
  const { agent } = await startGate()
  const { status, body } = await submit(agent)
  expect(status).toBe(202)
  expect(body).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{12}$/),
    action: 'restart_cache',
    status: 'pending',
    timeout_seconds: 300,
    message: expect.any(String),
    approve_url: `/confirm/${body.id}/approve`,
    deny_url: `/confirm/${body.id}/deny`,
  })
})

const wrong: [string, string, string][] = [
  ['S2-06', '{', 'Invalid JSON body'],
  ['S2-06', '', 'Invalid JSON body'],
  ['S2-06', '[]', 'Invalid JSON body'],
  ['S2-07', '{}', "Field 'action' is required"],
  ['S2-07', '{"action":"  ","description":""}', "Field 'action' is required"],
  ['S2-08', '{"action":"x"}', "Field 'description' is required"],
  ['S2-08', '{"action":"x","description":" "}', "Field 'description' is required"],
  ['S2-09', '{"action":"x","description":"y","details":[]}', "Field 'details' must be an object"],
]

test('S2-06 S2-07 S2-08 S2-11 400 says what is missing, the action first', async () => {
  const { agent, db } = await startGate()
  for (const [line, raw, error] of wrong) {
    const headers = { 'content-type': 'application/json' }
    const answer = await agent.send('POST', '/confirm', { raw, headers })
    expect([line, answer.status, answer.body]).toEqual([line, 400, { error }])
  }
  expect(await db.$client`select 1 from approvals`).toHaveLength(0)
})

test('S2-02 400 413 a body over a mebibyte is refused', async () => {
  const { agent } = await startGate()
  const { status } = await submit(agent, { details: { text: 'x'.repeat(1024 * 1024) } })
  expect([400, 413]).toContain(status)
})

const timeouts: [unknown, number][] = [
  [undefined, 300],
  [5, 30],
  [30, 30],
  ['60', 60],
  [99_999, 3600],
  ['soon', 300],
  [null, 300],
  [true, 300],
]

test('S2-10 timeout_seconds is kept between 30 and 3600, and is 300 where it is no number', async () => {
  const { agent } = await startGate()
  for (const [given, used] of timeouts) {
    const action = `wait_${String(given)}`
    const { body } = await submit(agent, { action, timeout_seconds: given })
    expect([given, body.timeout_seconds]).toEqual([given, used])
  }
})

test('202 400 what cannot be kept is left out of labels, and refused in details', async () => {
  const { agent } = await startGate()
  const { status, body } = await submit(agent, { requester: 'a\0b', description: 'c\0d' })
  expect(status).toBe(202)
  const { body: record } = await agent.send('GET', `/confirm/${body.id}`)
  expect(record).toMatchObject({ requester: 'ab', description: 'cd' })
  expect((await submit(agent, { details: { text: 'a\0b' } })).status).toBe(400)
  expect((await submit(agent, { details: { n: 2 ** 60 } })).status).toBe(400)
})

test('S2-09 S2-24 the record is shown whole, with its defaults', async () => {
  const { agent } = await startGate()
  const { body } = await submit(agent)
  const { status, body: record } = await agent.send('GET', `/confirm/${body.id}`)
  expect(status).toBe(200)
  expect(record).toEqual({
    id: body.id,
    ...restart,
    details: {},
    requester: 'agent',
    session_key: '',
    status: 'pending',
    resolved_by: null,
    resolved_by_principal: null,
    reason: null,
    created_at: expect.any(Number),
    created_at_iso: expect.stringMatching(/Z$/),
    resolved_at: null,
    resolved_at_iso: null,
    timeout_seconds: 300,
  })
  expect(Date.parse(record.created_at_iso) / 1000).toBe(record.created_at)
})

test('S2-12 S2-13 S2-14 200 a whitelisted action needs nobody, in its session and until it is not', async () => {
  const { agent, admin, db } = await startGate()
  const grant = { action: restart.action, expires_in_s: 3600 }
  const own = { ...grant, kind: 'session', session_key: 'night' }
  const { body: entry, status } = await admin.send('POST', '/api/grants', { json: own })
  expect(status).toBe(201)
  const passed = await submit(agent, { session_key: 'night' })
  expect(passed.status).toBe(200)
  expect(passed.body).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{8}$/),
    action: restart.action,
    status: 'auto_approved',
    message: expect.any(String),
  })
  expect((await submit(agent, { session_key: 'day' })).status).toBe(202)
  expect((await submit(agent)).status).toBe(202)
  expect(await db.$client`select 1 from approvals`).toHaveLength(2)

  await admin.send('DELETE', `/api/grants/${entry.id}`)
  expect((await submit(agent, { session_key: 'night' })).status).toBe(202)
  await admin.send('POST', '/api/grants', { json: { ...grant, kind: 'standing' } })
  expect((await submit(agent, { session_key: 'day' })).status).toBe(200)
  expect((await submit(agent)).status).toBe(200)
  const { body: audit } = await admin.send('GET', '/audit')
  expect(audit.entries.map((step: { status: string }) => step.status)).toEqual([
    'auto_approved',
    'auto_approved',
    'pending',
    'pending',
    'pending',
    'auto_approved',
  ])
})

test('S2-15 no whitelist passes a high-risk action', async () => {
  const { agent, admin, db } = await startGate()
  const json = { kind: 'standing', action: 'transfer_funds', expires_in_s: 60 }
  const refused = await admin.send('POST', '/api/grants', { json })
  expect([refused.status, refused.body.code]).toEqual([422, 'grant_not_allowed'])
  await db.$client`
    insert into grants (id, kind, effect, workspace_id, action, created_by, expires_at)
    values (gen_random_uuid(), 'standing', 'allow', '00000000-0000-7000-8000-000000000001',
      'transfer_funds', ${admin.id}, now() + interval '1 hour')`
  expect((await submit(agent, { action: 'transfer_funds' })).status).toBe(202)
})

test('S2-16 S2-17 S2-18 429 ten submissions of an action an hour, from all together', async () => {
  const { agent, ada, db } = await startGate()
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, n) => submit(n % 2 ? agent : ada)),
  )
  const statuses = answers.map(({ status }) => status)
  expect(statuses.filter((status) => status === 202)).toHaveLength(10)
  expect(statuses.filter((status) => status === 429)).toHaveLength(30)
  expect(answers.find(({ status }) => status === 429)?.body).toEqual({
    error: expect.any(String),
    remaining: 0,
    window_seconds: 3600,
  })
  expect((await submit(agent, { action: 'other' })).status).toBe(202)

  await db.$client`
    update approvals set created_at = created_at - interval '1 hour',
      expires_at = expires_at - interval '1 hour'
    where id = (select id from approvals where action = ${restart.action} limit 1)`
  expect((await submit(agent)).status).toBe(202)
  expect((await submit(agent)).status).toBe(429)
})

test('S2-01 S2-03 the daemon’s clients have a listener of their own, only their paths, and end with the service', async () => {
  const { service, agent, db } = await startGate()
  const api = await startApi({ ...service.config, CONFIRMATION_PORT: 0 }, service.log)
  const url = api.confirmationUrl ?? ''
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  const response = await fetch(`${url}/confirm`, {
    method: 'POST',
    headers: { authorization: `Bearer ${agent.token}` },
    body: JSON.stringify(restart),
  })
  expect(response.status).toBe(202)
  expect((await fetch(`${url}/health`)).status).toBe(200)
  expect((await fetch(`${url}/api/me`)).status).toBe(404)

  await api.stop()
  await expect(fetch(`${url}/health`)).rejects.toThrow('fetch failed')
  const asked = await db.$client`select 1 from audit_entries where action = 'approval.requested'`
  expect(asked).toHaveLength(1)
})

test('S2-01 the limit is the operator’s to set', async () => {
  const { agent } = await startGate({ env: { CONFIRMATION_RATE_LIMIT: '1' } })
  expect((await submit(agent)).status).toBe(202)
  expect((await submit(agent)).status).toBe(429)
})
