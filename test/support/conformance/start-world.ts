import { check, decide, type Gate, startGate, submit } from '../approvals.ts'
import { aSkill } from '../bundles.ts'
import type { Person, Send } from '../start-service.ts'

/** A service with something of every kind in it, and what it is called. */
export async function startWorld() {
  const { service, admin, ada, agent } = await startGate()
  const post = async (by: Person, path: string, json: object = {}) =>
    (await by.send('POST', path, { json })).body
  const spare = await service.asSomebody()
  const submitAs = async (by: Person, name: string, note = '') =>
    (await by.submit(aSkill({ name, note }))).body

  const entities = await Promise.all(['one', 'two', 'three'].map((name) => submitAs(ada, name)))
  for (const { submission } of entities.slice(0, 2)) {
    const path = `/api/admin/store/submissions/${submission.id}/override`
    await post(admin, path, { reason: 'looked at by hand' })
  }
  const versions = `/api/store/entities/${entities[0].id}/versions`
  const { body: files } = await ada.send('GET', `${versions}/1/files`)
  const session = await post(ada, '/api/sessions')
  const turn = await post(ada, `/api/sessions/${session.id}/turns`)
  const asked = (await check(agent, 'delete_data', { table: 'a' })).body
  const allowed = (await check(agent, 'publish_package', { name: 'a' })).body
  await decide(admin, allowed.approval_id)
  const executed = (await check(agent, 'publish_package', { name: 'a' })).body
  const workspace = await post(ada, '/api/workspaces', { name: 'a' })
  const grant = await post(admin, '/api/grants', {
    ...{ kind: 'standing', action: 'agent.tool.Bash', expires_in_s: 3600 },
  })
  const webhook = await post(admin, '/api/admin/webhooks', {
    ...{ url: 'https://hooks.example.com/a', events: ['*'] },
  })
  const delivery = await post(admin, `/api/admin/webhooks/${webhook.id}/test`)
  const token = await post(spare, '/api/tokens', { name: 'a', kind: 'user' })
  const confirmation = (await submit(agent)).body

  const ids: Readonly<Record<string, readonly string[]>> = {
    entities: entities.map(({ id }) => id),
    submissions: entities.map(({ submission }) => submission.id),
    approvals: [asked.approval_id, allowed.approval_id],
    executions: [executed.execution_id],
    sessions: [session.id],
    turns: [turn.id],
    workspaces: [workspace.id],
    grants: [grant.id],
    webhooks: [webhook.id],
    deliveries: [delivery.id],
    tokens: [token.id],
    users: [spare.id],
    members: [spare.id],
    files: files.items.map(({ path }: { path: string }) => path),
    confirm: [confirmation.id],
  }
  return { service, ids, ...(await gather({ service, admin, ada, agent })) }
}

interface Caller {
  name: string
  send: Send
}

/** Everybody who may come: known or not, with a token, or from a browser with its cookie. */
async function gather({ service, admin, ada, agent }: Omit<Gate, 'db'>) {
  const cookie = `countersign_session=${admin.token}`
  const me = await service.send('GET', '/api/me', { headers: { cookie } })
  const csrf = String(me.body.csrf_token)
  const having =
    (more: Readonly<Record<string, string>>): Send =>
    (method, path, options = {}) =>
      service.send(method, path, { ...options, headers: { ...options.headers, ...more } })
  const strangers: [Caller, Caller, Caller] = [
    { name: 'nobody', send: service.send },
    { name: 'a forger', send: having({ authorization: 'Bearer cs_forged' }) },
    { name: 'another site', send: having({ cookie }) },
  ]
  const acquaintances: [Caller, Caller, Caller] = [
    { name: 'an agent', send: agent.send },
    { name: 'a user', send: ada.send },
    { name: 'a browser', send: having({ cookie, 'x-csrf-token': csrf }) },
  ]
  return { strangers, acquaintances, admin: { name: 'an admin', send: admin.send } }
}
