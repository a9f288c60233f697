import { expect, test } from 'vitest'
import { startGate } from '../../support/approvals.ts'
import { bypass, fork, fullAccess, read, resume, run, start } from '../../support/gate/sessions.ts'

test('S3-01 422 an unknown mode is refused, with the ones that there are', async () => {
  const { ada } = await startGate()
  for (const unknown of ['yolo', '']) {
    const { status, body } = await start(ada, { approval_mode: unknown })
    expect([status, body.code]).toEqual([422, 'invalid_mode'])
    for (const mode of ['deny_all', 'auto_review', 'human_review', bypass]) {
      expect(body.detail).toContain(mode)
    }
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
