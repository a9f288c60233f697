import { expect, test } from 'vitest'
import { check, decide, startGate } from '../../support/approvals.ts'
import type { Person } from '../../support/start-service.ts'

const action = 'agent.tool.Bash'
const grant = (admin: Person, json: object) =>
  admin.send('POST', '/api/grants', {
    json: { kind: 'standing', action, expires_in_s: 3600, ...json },
  })

test('200 a standing grant answers for everybody, until it is used up, over or ended', async () => {
  const { agent, admin, db } = await startGate()
  const { status, body: twice } = await grant(admin, { max_uses: 2 })
  expect([status, twice]).toMatchObject([201, { kind: 'standing', effect: 'allow', uses: 0 }])
  const used = [await check(agent, action, { n: 1 }), await check(agent, action, { n: 2 })]
  expect(used.map(({ body }) => body.authorized_by)).toEqual(['grant', 'grant'])
  expect((await check(agent, action, { n: 3 })).status).toBe(202)

  const { body: short } = await grant(admin, {})
  expect((await check(agent, action, { n: 4 })).status).toBe(200)
  await db.$client`
    update grants set created_at = now() - interval '2 hours', expires_at = now() where id = ${short.id}`
  expect((await check(agent, action, { n: 5 })).status).toBe(202)

  const { body: ended } = await grant(admin, {})
  expect((await admin.send('DELETE', `/api/grants/${ended.id}`)).status).toBe(204)
  expect((await admin.send('DELETE', `/api/grants/${ended.id}`)).status).toBe(404)
  expect((await check(agent, action, { n: 6 })).status).toBe(202)
  const { body: page } = await admin.send('GET', '/api/grants')
  expect(page.items.map(({ id }: { id: string }) => id)).not.toContain(ended.id)
})

test('200 202 a session’s grant is its session’s, and one for a hash is that context’s', async () => {
  const { agent, admin } = await startGate()
  const { body: session } = await agent.send('POST', '/api/sessions')
  const asked = await check(agent, action, { n: 1 })
  await grant(admin, { kind: 'session', session_id: session.id })
  const inSession = { session_id: session.id }
  expect((await check(agent, action, { n: 2 }, inSession)).status).toBe(200)
  expect((await check(agent, action, { n: 2 })).status).toBe(202)
  await grant(admin, { request_hash: asked.body.request_hash })
  expect((await check(agent, action, { n: 1 })).body.authorized_by).toBe('grant')
  expect((await check(agent, action, { n: 3 })).status).toBe(202)
})

test('403 a denial in advance goes before everything else', async () => {
  const { agent, admin, ada } = await startGate()
  const asked = await check(agent, 'deploy_production')
  await decide(admin, asked.body.approval_id)
  const denial = await grant(admin, { action: 'deploy_production', effect: 'deny' })
  expect(denial.status).toBe(201)
  const refused = await check(agent, 'deploy_production')
  expect([refused.status, refused.body.code]).toEqual([403, 'denied_by_policy'])
  await grant(admin, { action: 'read_the_news', effect: 'deny' })
  expect((await check(ada, 'read_the_news')).status).toBe(403)

  await grant(admin, { action: 'restart_cache', effect: 'deny' })
  const json = { action: 'restart_cache', description: 'Restart' }
  expect((await agent.send('POST', '/confirm', { json })).status).toBe(403)
})

test('422 403 404 what cannot be granted, and who cannot grant', async () => {
  const { agent, admin, ada } = await startGate()
  const highRisk = ['deploy_production', 'secret_write', 'store.entity.hard_delete', 'Delete-Data']
  for (const name of highRisk) {
    const { status, body } = await grant(admin, { action: name })
    expect([name, status, body.code]).toEqual([name, 422, 'grant_not_allowed'])
  }
  const wrong = [{ kind: 'session' }, { session_key: 'a' }, { expires_in_s: 0 }, { max_uses: 0 }]
  for (const json of wrong) expect((await grant(admin, json)).body.code).toBe('validation_failed')
  expect((await grant(ada, {})).status).toBe(403)
  expect((await grant(agent, {})).status).toBe(403)
  const { body: workspace } = await ada.send('POST', '/api/workspaces', { json: { name: 'Own' } })
  const { body: session } = await agent.send('POST', '/api/sessions')
  const elsewhere = { kind: 'session', session_id: session.id, workspace_id: workspace.id }
  expect((await grant(admin, elsewhere)).status).toBe(404)
})

test('five uses are five, however many ask at once', async () => {
  const { agent, admin } = await startGate()
  const { body } = await grant(admin, { max_uses: 5 })
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, n) => check(agent, action, { n })),
  )
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(5)
  expect(answers.filter(({ status }) => status === 202)).toHaveLength(35)
  const { body: page } = await admin.send('GET', '/api/grants')
  expect(page.items.find(({ id }: { id: string }) => id === body.id).uses).toBe(5)
})
