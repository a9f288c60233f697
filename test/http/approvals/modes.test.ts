import { expect, test } from 'vitest'
import { check, startGate } from '../../support/approvals.ts'
import type { Person } from '../../support/start-service.ts'

const bypass = 'dangerously_bypass_approvals_and_sandbox'

async function startIn(who: Person, json: object) {
  const { body } = await who.send('POST', '/api/sessions', { json })
  return { session_id: body.id as string }
}

const outside = { path: '/etc/motd', workspace_root: '/srv/work' }
const inside = { path: 'notes.md', cwd: '/srv/work', workspace_root: '/srv/work' }

test('S3-17 S3-19 403 outside of the workspace nothing is written or asked, and the turn goes on', async () => {
  const { ada, agent, db } = await startGate()
  const session = await startIn(ada, { approval_mode: 'deny_all' })
  const path = `/api/sessions/${session.session_id}/turns`
  const { body: turn } = await agent.send('POST', path, { json: {} })
  const denied = await check(agent, 'fs.write', outside, session)
  expect([denied.status, denied.body.code]).toEqual([403, 'outside_workspace'])
  expect(await db.$client`select 1 from approvals`).toHaveLength(0)
  const json = { status: 'completed' }
  expect((await agent.send('PATCH', `/api/turns/${turn.id}`, { json })).body.status).toBe(
    'completed',
  )
})

test('S3-18 200 in a bypass the same write is allowed', async () => {
  const { ada, agent } = await startGate()
  const session = await startIn(ada, { approval_mode: bypass })
  const { status, body } = await check(agent, 'fs.write', outside, session)
  expect([status, body]).toMatchObject([200, { decision: 'allow', authorized_by: 'bypass' }])
})

test('403 202 what a mode does with what needs an answer', async () => {
  const { ada, agent } = await startGate()
  const expected = [
    ['deny_all', 'fs.write', 403],
    ['deny_all', 'deploy_production', 403],
    ['auto_review', 'fs.write', 202],
    ['human_review', 'fs.write', 202],
    [bypass, 'fs.write', 200],
    [bypass, 'agent.tool.Bash', 200],
    [bypass, 'something_else', 200],
    [bypass, 'deploy_production', 202],
    [bypass, 'secret_write', 202],
  ] as const
  for (const [approval_mode, action, status] of expected) {
    const session = await startIn(ada, { approval_mode })
    const answer = await check(agent, action, inside, session)
    expect([approval_mode, action, answer.status]).toEqual([approval_mode, action, status])
    if (status === 403) expect(answer.body.code).toBe('denied_by_mode')
  }
})

test('403 protected paths, links out of the root and other roots count as outside', async () => {
  const { ada, agent } = await startGate()
  const session = await startIn(ada, {
    approval_mode: 'human_review',
    sandbox: { type: 'workspace_write', writable_roots: ['/srv/work'] },
  })
  const paths = [
    '/srv/work/.git/config',
    '/srv/work/.claude/settings.json',
    '/srv/work/sub/.AGENTS/x',
    '/srv/work/.mcp.json',
    '/srv/work/.gi\u200ct/hooks/pre-commit',
    '/srv/work/.Hu\u017fky/pre-push',
    '/srv/work/.claude. /settings.json',
    '/srv/work/.git::$INDEX_ALLOCATION/config',
    '/srv/work/../other/file',
    '/srv/workshop/file',
    'relative',
  ]
  for (const path of paths) {
    const { status, body } = await check(agent, 'fs.write', { path }, session)
    expect([path, status, body.code]).toEqual([path, 403, 'outside_workspace'])
  }
  const spelled = await check(agent, 'FS.Write', { path: '/etc/motd' }, session)
  expect(spelled.body.code).toBe('outside_workspace')
  expect((await check(agent, 'fs.write', { path: '/srv/work/a' }, session)).status).toBe(202)
  expect((await check(agent, 'fs.read', { path: '/srv/work/.git/config' }, session)).status).toBe(
    202,
  )
  const unnamed = await check(agent, 'fs.write', {}, session)
  expect([unnamed.status, unnamed.body.code]).toEqual([422, 'validation_failed'])
})

test('403 a read-only sandbox writes nothing, and one without network fetches nothing', async () => {
  const { ada, agent } = await startGate()
  const readOnly = await startIn(ada, { sandbox: 'read_only' })
  expect((await check(agent, 'fs.write', inside, readOnly)).body.code).toBe('outside_workspace')
  const offline = await startIn(ada, { sandbox: { type: 'workspace_write', network: false } })
  const fetched = await check(agent, 'net.fetch', { url: 'https://example.com' }, offline)
  expect(fetched.body.code).toBe('outside_workspace')
})

test('switching to deny_all cancels what waits, and an approval that was given is not used', async () => {
  const { ada, agent, admin } = await startGate()
  const session = await startIn(ada, { approval_mode: 'human_review' })
  const [one, two] = [
    await check(agent, 'agent.tool.Bash', { n: 1 }, session),
    await check(agent, 'agent.tool.Bash', { n: 2 }, session),
  ]
  const decision = { json: { verdict: 'approve' } }
  await admin.send('POST', `/api/approvals/${one.body.approval_id}/decisions`, decision)
  const json = { approval_mode: 'deny_all' }
  await ada.send('POST', `/api/sessions/${session.session_id}/resume`, { json })

  const { body: cancelled } = await ada.send('GET', `/api/approvals/${two.body.approval_id}`)
  expect(cancelled).toMatchObject({ status: 'cancelled', decision_reason: 'mode_changed' })
  expect((await check(agent, 'agent.tool.Bash', { n: 1 }, session)).status).toBe(403)
  const back = { json: { approval_mode: 'human_review' } }
  await ada.send('POST', `/api/sessions/${session.session_id}/resume`, back)
  expect((await check(agent, 'agent.tool.Bash', { n: 1 }, session)).status).toBe(200)
})

test('an interrupted turn and an archived session take their questions with them', async () => {
  const { ada, agent } = await startGate()
  const session = await startIn(ada, { approval_mode: 'human_review' })
  const path = `/api/sessions/${session.session_id}`
  const { body: turn } = await agent.send('POST', `${path}/turns`, { json: {} })
  const asked = await check(agent, 'agent.tool.Bash', { n: 1 }, session)
  expect((await agent.send('GET', `${path}?include=turns`)).body.turns[0].status).toBe(
    'waiting_approval',
  )
  await agent.send('PATCH', `/api/turns/${turn.id}`, { json: { status: 'interrupted' } })
  const statusOf = async (id: string) => (await ada.send('GET', `/api/approvals/${id}`)).body.status
  expect(await statusOf(asked.body.approval_id)).toBe('cancelled')

  const later = await check(agent, 'agent.tool.Bash', { n: 2 }, session)
  expect((await ada.send('DELETE', path)).status).toBe(204)
  expect(await statusOf(later.body.approval_id)).toBe('cancelled')
  const closed = await check(agent, 'agent.tool.Bash', { n: 3 }, session)
  expect([closed.status, closed.body.code]).toEqual([409, 'session_archived'])
})
