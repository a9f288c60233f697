import { expect, test } from 'vitest'
import { startGate } from '../../support/approvals.ts'
import type { Answer, Person } from '../../support/start-service.ts'

const bypass = 'dangerously_bypass_approvals_and_sandbox'
const fullAccess = { type: 'danger_full_access' }

const post = (who: Person, path: string, json: object = {}): Promise<Answer> =>
  who.send('POST', path, { json })
const start = (who: Person, json: object = {}) => post(who, '/api/sessions', json)
const resume = (who: Person, id: string, json?: object) =>
  post(who, `/api/sessions/${id}/resume`, json)
const fork = (who: Person, id: string, json?: object) => post(who, `/api/sessions/${id}/fork`, json)
const read = async (who: Person, id: string) =>
  (await who.send('GET', `/api/sessions/${id}?include=turns`)).body

/** Starts a turn and ends it. */
async function run(who: Person, id: string, json: object = {}): Promise<Answer> {
  const turn = await post(who, `/api/sessions/${id}/turns`, json)
  if (turn.status === 201) {
    await who.send('PATCH', `/api/turns/${turn.body.id}`, { json: { status: 'completed' } })
  }
  return turn
}

test('S3-01 422 an unknown mode is refused, with the ones that there are', async () => {
  const { ada } = await startGate()
  const { status, body } = await start(ada, { approval_mode: 'yolo' })
  expect([status, body.code]).toEqual([422, 'invalid_mode'])
  for (const mode of ['deny_all', 'auto_review', 'human_review', bypass]) {
    expect(body.detail).toContain(mode)
  }
})

test('S3-02 S3-03 201 a mode comes with its policy and its sandbox', async () => {
  const { ada } = await startGate()
  const expected = [
    [{}, 'auto_review', 'on_request', { type: 'workspace_write' }],
    [{ approval_mode: 'deny_all' }, 'deny_all', 'never', { type: 'workspace_write' }],
    [{ approval_mode: 'human_review' }, 'human_review', 'on_request', { type: 'workspace_write' }],
    [{ approval_mode: bypass }, bypass, 'never', fullAccess],
    [{ sandbox: 'readOnly' }, 'auto_review', 'on_request', { type: 'read_only' }],
  ] as const
  for (const [json, approval_mode, approval_policy, sandbox] of expected) {
    const { status, body } = await start(ada, json)
    expect([status, body]).toMatchObject([201, { approval_mode, approval_policy, sandbox }])
    expect(body.bypass_expires_at === null).toBe(approval_mode !== bypass)
  }
})

test('S3-04 S3-05 S3-06 resume and fork inherit; a fork changes nothing of its source', async () => {
  const { ada } = await startGate()
  const { body: source } = await start(ada, { approval_mode: 'deny_all' })
  await run(ada, source.id)
  const resumed = await resume(ada, source.id)
  expect([resumed.status, resumed.body.approval_policy]).toEqual([200, 'never'])
  expect(resumed.body.version).toBe(source.version)

  const { body: same, status } = await fork(ada, source.id)
  expect(status).toBe(201)
  expect(same).toMatchObject({ approval_mode: 'deny_all', forked_from_id: source.id })
  expect(same.id).not.toBe(source.id)
  const { body: other } = await fork(ada, source.id, { approval_mode: 'auto_review' })
  expect(other.approval_policy).toBe('on_request')
  expect((await read(ada, source.id)).approval_mode).toBe('deny_all')
})

test('S3-07 S3-08 a bypass is kept by its turns, and by resume and fork with or without a word', async () => {
  const { ada } = await startGate()
  const { body: source } = await start(ada, { approval_mode: bypass })
  await run(ada, source.id)
  const effective = { approval_mode: bypass, approval_policy: 'never', sandbox: fullAccess }
  const kept = [
    await read(ada, source.id),
    (await resume(ada, source.id)).body,
    (await fork(ada, source.id)).body,
  ]
  for (const session of kept) {
    expect(session).toMatchObject(effective)
    expect(session.bypass_expires_at).toBe(source.bypass_expires_at)
  }
  const explicit = { approval_mode: bypass, bypass_ttl_s: 3600 }
  for (const { body } of [
    await resume(ada, source.id, explicit),
    await fork(ada, source.id, explicit),
  ]) {
    expect(body).toMatchObject(effective)
    expect(body.bypass_expires_at > source.bypass_expires_at).toBe(true)
  }
})

test('S3-09 S3-10 S3-11 S3-12 what a turn overrides stays, until another one does', async () => {
  const { ada } = await startGate()
  const { body: session } = await start(ada)
  const sandbox_policy = { type: 'workspace_write', writable_roots: ['/srv/a'], network: false }
  const steps = [
    [{ approval_mode: 'deny_all' }, 'deny_all', { type: 'workspace_write' }, true],
    [{}, 'deny_all', { type: 'workspace_write' }, false],
    [{ approval_mode: bypass }, bypass, fullAccess, true],
    [{}, bypass, fullAccess, false],
    [{ approval_mode: 'auto_review' }, 'auto_review', { type: 'workspace_write' }, true],
    [{ sandbox_policy }, 'auto_review', sandbox_policy, true],
    [{}, 'auto_review', sandbox_policy, false],
  ] as const
  for (const [json, approval_mode, sandbox, overridden] of steps) {
    const before = (await read(ada, session.id)).version
    const { status, body } = await run(ada, session.id, json)
    expect([status, body]).toMatchObject([201, { approval_mode, sandbox, overridden }])
    const after = await read(ada, session.id)
    expect(after).toMatchObject({ approval_mode, sandbox })
    expect(after.version - before).toBe(overridden ? 1 : 0)
  }
  const { turns } = await read(ada, session.id)
  expect(turns.map(({ n }: { n: number }) => n)).toEqual([1, 2, 3, 4, 5, 6, 7])
})

test('S3-14 S3-15 S3-16 422 a bypass with a sandbox is refused before anything is written', async () => {
  const { ada, db } = await startGate()
  const combined = { approval_mode: bypass, sandbox: { type: 'read_only' } }
  const started = await start(ada, combined)
  expect([started.status, started.body.code]).toEqual([422, 'conflicting_sandbox'])
  expect(started.body.detail).toMatch(/combined with sandbox\b/)
  expect((await ada.send('GET', '/api/sessions')).body.items).toEqual([])

  const { body: session } = await start(ada)
  const json = { approval_mode: bypass, sandbox_policy: { type: 'read_only' } }
  const turn = await run(ada, session.id, json)
  expect([turn.status, turn.body.code]).toEqual([422, 'conflicting_sandbox'])
  expect(turn.body.detail).toContain('combined with sandbox_policy')
  const refused = [
    await resume(ada, session.id, combined),
    await fork(ada, session.id, combined),
    await start(ada, { sandbox: 'danger_full_access' }),
    await run(ada, session.id, { sandbox_policy: fullAccess }),
  ]
  for (const { status, body } of refused) {
    expect([status, body.code]).toEqual([422, 'conflicting_sandbox'])
  }
  expect(await read(ada, session.id)).toMatchObject({ approval_mode: 'auto_review', turns: [] })
  expect(await db.$client`select 1 from audit_entries where action like 'session.%'`).toHaveLength(
    1,
  )
})

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
    .poll(() => db.$client`select 1 from sessions where approval_mode = 'deny_all'`, {
      timeout: 15_000,
    })
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
