import { expect, test } from 'vitest'
import { startGate } from '../../support/approvals.ts'
import {
  bypass,
  fork,
  fullAccess,
  post,
  read,
  resume,
  run,
  start,
} from '../../support/gate/sessions.ts'
import type { Answer } from '../../support/start-service.ts'

test('the database refuses half of a bypass', async () => {
  const { ada, db } = await startGate()
  const { body } = await start(ada)
  const sql = db.$client
  const halves = [
    sql`update sessions set approval_mode = ${bypass} where id = ${body.id}`,
    sql`update sessions set sandbox = ${sql.json(fullAccess)} where id = ${body.id}`,
    sql`update sessions set bypass_expires_at = now() where id = ${body.id}`,
  ]
  const outcomes = await Promise.allSettled(halves)
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
})

test('403 an agent never sets a bypass, and never allows itself more', async () => {
  const { ada, agent } = await startGate()
  const { body: session } = await start(ada, { approval_mode: 'deny_all', sandbox: 'read_only' })
  const refused: [Answer, string][] = [
    [await start(agent, { approval_mode: bypass }), 'mode_forbidden'],
    [await resume(agent, session.id, { approval_mode: 'auto_review' }), 'mode_forbidden'],
    [await run(agent, session.id, { approval_mode: 'human_review' }), 'mode_forbidden'],
    [await run(agent, session.id, { sandbox_policy: 'workspace_write' }), 'mode_forbidden'],
    [await fork(agent, session.id, { approval_mode: 'auto_review' }), 'fork_more_permissive'],
    [await fork(agent, session.id, { sandbox: 'workspace_write' }), 'fork_more_permissive'],
  ]
  for (const [{ status, body }, code] of refused) expect([status, body.code]).toEqual([403, code])
  expect((await fork(agent, session.id)).status).toBe(201)
  const { body: own } = await start(agent)
  expect((await fork(agent, own.id, { approval_mode: 'deny_all' })).status).toBe(201)
})

test('403 a workspace’s ceiling binds everybody, and what was started before it', async () => {
  const { ada, admin } = await startGate()
  const { body: workspace } = await post(ada, '/api/workspaces', { name: 'Careful' })
  const workspace_id = workspace.id
  const { body: bypassed } = await start(ada, { workspace_id, approval_mode: bypass })
  const json = { max_mode: 'human_review' }
  expect((await ada.send('PATCH', `/api/workspaces/${workspace_id}`, { json })).status).toBe(200)

  for (const who of [ada, admin]) {
    const refused = await start(who, { workspace_id, approval_mode: bypass })
    expect([refused.status, refused.body.code]).toEqual([403, 'mode_forbidden'])
  }
  expect((await start(ada, { workspace_id })).body.approval_mode).toBe('human_review')
  const below = await post(ada, '/api/workspaces', { name: 'Below', parent_id: workspace_id })
  const inherited = await start(ada, { workspace_id: below.body.id })
  expect(inherited.body.approval_mode).toBe('human_review')

  const root = '/api/workspaces/00000000-0000-7000-8000-000000000001'
  await admin.send('PATCH', root, { json: { max_mode: 'deny_all' } })
  const { body: elsewhere } = await post(ada, '/api/workspaces', { name: 'Elsewhere' })
  expect(elsewhere.parent_id).toBeNull()
  const bound = await start(ada, { workspace_id: elsewhere.id })
  expect(bound.body.approval_mode).toBe('deny_all')
  await admin.send('PATCH', root, { json: { max_mode: null } })

  const action = { action: 'fs.write', context: { path: '/srv/a', workspace_root: '/srv' } }
  const asked = await post(ada, '/api/gate/check', { ...action, session_id: bypassed.id })
  expect(asked.status).toBe(202)
})

test('a bypass ends by the clock, for whoever looks and in the row', async () => {
  const { ada, db, service } = await startGate({ withWorker: true })
  const json = { approval_mode: bypass, bypass_ttl_s: 60 }
  const { body: session } = await start(ada, { approval_mode: 'deny_all' })
  await resume(ada, session.id, json)
  await db.$client`update sessions set bypass_expires_at = now() - interval '1 second'`
  expect(await read(ada, session.id)).toMatchObject({
    approval_mode: 'deny_all',
    sandbox: { type: 'workspace_write' },
    bypass_expires_at: null,
  })
  expect((await run(ada, session.id)).body.approval_mode).toBe('deny_all')
  await expect
    .poll(() => db.$client`select 1 from sessions where approval_mode = 'deny_all'`)
    .toHaveLength(1)
  expect(service.worker).toBeDefined()
})

test('409 404 a session has one open turn, and is nobody else’s', async () => {
  const { service, ada, agent } = await startGate()
  const { body: session } = await start(ada)
  const path = `/api/sessions/${session.id}/turns`
  const { body: turn } = await post(agent, path)
  const second = await post(ada, path, { approval_mode: 'deny_all' })
  expect([second.status, second.body.code]).toEqual([409, 'turn_in_progress'])
  expect((await read(ada, session.id)).approval_mode).toBe('auto_review')

  const move = (status: string) =>
    agent.send('PATCH', `/api/turns/${turn.id}`, { json: { status } })
  expect((await move('waiting_approval')).body.status).toBe('waiting_approval')
  expect((await move('failed')).body).toMatchObject({
    status: 'failed',
    ended_at: expect.any(String),
  })
  const late = await move('completed')
  expect([late.status, late.body]).toMatchObject([
    409,
    { code: 'turn_over', current_status: 'failed' },
  ])
  expect((await post(ada, path)).body.n).toBe(2)

  const stranger = await service.asSomebody()
  expect((await stranger.send('GET', `/api/sessions/${session.id}`)).status).toBe(404)
  expect((await resume(stranger, session.id)).status).toBe(404)
})
