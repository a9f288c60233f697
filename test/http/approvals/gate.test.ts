import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { check, decide, startGate } from '../../support/approvals.ts'
import type { Answer } from '../../support/start-service.ts'

const rootWorkspace = '00000000-0000-7000-8000-000000000001'

test('S4-06 202 the first question makes a pending ticket, and the action is not run', async () => {
  const { agent } = await startGate()
  const { status, body, headers } = await check(agent, 'deploy_production', { tag: 'v1' })
  expect(status).toBe(202)
  expect(body).toMatchObject({
    status: 'pending_approval',
    action: 'deploy_production',
    reason: '',
    request_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
  })
  expect(headers.get('location')).toBe(`/api/approvals/${body.approval_id}`)
  expect(body).not.toHaveProperty('execution_id')
})

test('S4-03 the hash is the SHA-256 of the RFC 8785 text of workspace, action and context', async () => {
  const { agent } = await startGate()
  const { body } = await check(agent, 'secret_write', { name: 'db', at: 1 })
  const text = `["v1","${rootWorkspace}","secret_write",{"at":1,"name":"db"}]`
  expect(body.request_hash).toBe(createHash('sha256').update(text).digest('hex'))
})

test('S4-04 S4-07 the same question in another order of keys is the same ticket', async () => {
  const { agent, db } = await startGate()
  const first = await check(agent, 'delete_data', { a: 1, b: { c: 2, d: 3 } })
  const again = await check(agent, 'delete_data', { b: { d: 3, c: 2 }, a: 1 })
  expect(again.status).toBe(202)
  expect(again.body.approval_id).toBe(first.body.approval_id)
  const other = await check(agent, 'delete_data', { a: 2, b: { c: 2, d: 3 } })
  expect(other.body.approval_id).not.toBe(first.body.approval_id)
  expect(other.body.request_hash).not.toBe(first.body.request_hash)
  expect(await db.$client`select 1 from approvals`).toHaveLength(2)
})

test('S4-05 no context, null and an empty one are the same', async () => {
  const { agent } = await startGate()
  const asked = [{}, { context: null }, { context: {} }].map((more) =>
    agent.send('POST', '/api/gate/check', { json: { action: 'rotate_keys', ...more } }),
  )
  const ids = (await Promise.all(asked)).map(({ body }) => body.approval_id)
  expect(new Set(ids).size).toBe(1)
})

test('S4-08 S4-10 200 an approval is used once; then the same is asked anew', async () => {
  const { agent, admin } = await startGate()
  const first = await check(agent, 'wipe_database', { name: 'test' })
  expect((await decide(admin, first.body.approval_id)).body.status).toBe('approved')

  const used = await check(agent, 'wipe_database', { name: 'test' })
  expect(used.status).toBe(200)
  expect(used.body).toMatchObject({ decision: 'allow', authorized_by: 'approval' })
  const { body: ticket } = await agent.send('GET', `/api/approvals/${first.body.approval_id}`)
  expect(ticket).toMatchObject({
    status: 'approved',
    execution_id: used.body.execution_id,
    consumed_at: expect.any(String),
  })

  const again = await check(agent, 'wipe_database', { name: 'test' })
  expect(again.status).toBe(202)
  expect(again.body.approval_id).not.toBe(first.body.approval_id)
})

test('S4-11 an approval speaks of its own workspace, action and context only', async () => {
  const { agent, admin, ada } = await startGate()
  const { body: workspace } = await ada.send('POST', '/api/workspaces', { json: { name: 'Other' } })
  const { body } = await check(agent, 'delete_data', { table: 'a' })
  await decide(admin, body.approval_id)
  const elsewhere = [
    await check(agent, 'delete_data', { table: 'b' }),
    await check(agent, 'wipe_database', { table: 'a' }),
    await check(agent, 'delete_data', { table: 'a' }, { workspace_id: workspace.id }),
  ]
  expect(elsewhere.map(({ status }) => status)).toEqual([202, 202, 202])
  expect((await check(agent, 'delete_data', { table: 'a' })).status).toBe(200)
})

test('S4-02 what is not listed passes when a person asks, and is asked about when an agent does', async () => {
  const { agent, ada } = await startGate()
  const passed = await check(ada, 'read_the_news')
  expect(passed.status).toBe(200)
  expect(passed.body).toMatchObject({ decision: 'allow', authorized_by: 'policy' })
  expect((await check(agent, 'read_the_news')).status).toBe(202)
})

test('another spelling is the same gated action, to people too', async () => {
  const { ada } = await startGate()
  const spellings = [
    'Deploy-Production',
    'DEPLOY PRODUCTION',
    ' deploy_production ',
    'ｄeploy_production',
  ]
  for (const action of spellings) expect((await check(ada, action)).status).toBe(202)
})

test('S4-13 500 where the gate fails, nothing is allowed', async () => {
  const { agent, db } = await startGate()
  await db.$client`alter table approvals rename to gone`
  const { status, body } = await check(agent, 'delete_data')
  expect(status).toBe(500)
  expect(body).toMatchObject({
    code: 'gate_failed',
    detail: 'approval gate failed',
    error: 'approval gate failed',
  })
  expect(await db.$client`select 1 from executions`).toHaveLength(0)
})

const refusals: [string, string, number, string][] = [
  ['a context that is no object', '{"action":"x","context":[1]}', 422, 'validation_failed'],
  ['a context over 256 KiB', big(), 413, 'context_too_large'],
  [
    'a number beyond 2^53',
    '{"action":"x","context":{"n":9007199254740993}}',
    422,
    'context_not_canonical',
  ],
  [
    'a name that stands twice',
    '{"action":"x","context":{"a":1,"a":2}}',
    422,
    'context_not_canonical',
  ],
  [
    'a name twice by escapes',
    '{"action":"x","context":{"a":1,"\\u0061":2}}',
    422,
    'context_not_canonical',
  ],
  ['a NUL', '{"action":"x","context":{"a":"\\u0000"}}', 422, 'context_not_canonical'],
  ['a NUL in the reason', '{"action":"x","reason":"\\u0000"}', 422, 'validation_failed'],
  ['a NUL in the action', '{"action":"x\\u0000y"}', 422, 'validation_failed'],
  ['half a character', '{"action":"x","context":{"a":"\\ud800"}}', 422, 'context_not_canonical'],
  ['no action', '{"context":{}}', 422, 'validation_failed'],
  ['no JSON', '{"action":', 400, 'invalid_json'],
]

function big() {
  return JSON.stringify({ action: 'x', context: { text: 'x'.repeat(256 * 1024) } })
}

test('422 413 400 a context that could be mistaken for another one is refused', async () => {
  const { agent, db } = await startGate()
  const headers = { 'content-type': 'application/json' }
  for (const [what, raw, status, code] of refusals) {
    const answer: Answer = await agent.send('POST', '/api/gate/check', { raw, headers })
    expect([what, answer.status, answer.body.code]).toEqual([what, status, code])
  }
  expect(await db.$client`select 1 from approvals`).toHaveLength(0)
})

test('200 202 403 a question can wait for its answer', async () => {
  const { agent, admin } = await startGate()
  const ask = (n: number, wait_s: number) => check(agent, 'delete_data', { n }, { wait_s })
  const [first, second] = [await ask(1, 0), await ask(2, 0)]
  const [allowed, denied] = [ask(1, 20), ask(2, 20)]
  await decide(admin, first.body.approval_id)
  await decide(admin, second.body.approval_id, 'deny', { comment: 'Not that one.' })
  expect((await allowed).body).toMatchObject({ decision: 'allow' })
  expect((await denied).body).toMatchObject({
    code: 'denied_by_human',
    status: 403,
    detail: 'Not that one.',
    approval_id: second.body.approval_id,
  })
  expect((await ask(3, 0.2)).status).toBe(202)
})

test('403 what was denied is denied again to an agent for a while, not to a person', async () => {
  const { agent, admin, ada } = await startGate()
  const { body } = await check(agent, 'delete_data')
  await decide(admin, body.approval_id, 'deny')
  const again = await check(agent, 'delete_data')
  expect([again.status, again.body.code]).toEqual([403, 'recently_denied'])
  expect((await check(ada, 'delete_data')).status).toBe(202)
})

test('429 a session can have twenty questions open', async () => {
  const { agent } = await startGate()
  const { body: session } = await agent.send('POST', '/api/sessions')
  const ask = (n: number) => check(agent, 'delete_data', { n }, { session_id: session.id })
  for (let n = 0; n < 20; n += 1) expect((await ask(n)).status).toBe(202)
  const refused = await ask(20)
  expect([refused.status, refused.body.code]).toEqual([429, 'rate_limited'])
  expect(refused.headers.get('retry-after')).toBe('60')
  expect((await ask(3)).status).toBe(202)
})
