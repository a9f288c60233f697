import { expect, test } from 'vitest'
import { decide } from '../../support/approvals.ts'
import { type Person, startService } from '../../support/start-service.ts'

/** Two admins, and somebody whose skill is approved. */
async function setUp() {
  const service = await startService()
  const [admin, other] = [await service.asAdmin(), await service.asSomebody('admin')]
  const ada = await service.asSomebody()
  const { body } = await ada.submit()
  await service.untilSettled(ada, body.submission.id)
  return { service, admin, other, ada, entity: body.id, submission: body.submission.id }
}

/** Lets the first day of the installation be over. */
async function age({ db }: Awaited<ReturnType<typeof startService>>) {
  await db.$client`update principals set created_at = created_at - interval '2 days'`
}

async function auditOf(admin: Person, action: string) {
  const { body } = await admin.send('GET', `/api/admin/audit?action=${action}`)
  return body.items
}

test('S4-17 202 204 an entity is deleted for good once another admin has approved it', async () => {
  const { admin, other, ada, entity } = await setUp()
  const path = `/api/store/entities/${entity}?hard=true`
  const asked = await admin.send('DELETE', path)
  expect(asked.status).toBe(202)
  expect(asked.body).toMatchObject({ action: 'store.entity.hard_delete' })
  expect((await ada.send('GET', `/api/store/entities/${entity}`)).status).toBe(200)

  const own = await decide(admin, asked.body.approval_id)
  expect([own.status, own.body.code]).toEqual([403, 'self_approval_forbidden'])
  expect((await admin.send('DELETE', path)).body.approval_id).toBe(asked.body.approval_id)
  expect((await decide(other, asked.body.approval_id)).status).toBe(200)
  expect((await admin.send('DELETE', path)).status).toBe(204)
  expect((await ada.send('GET', `/api/store/entities/${entity}`)).status).toBe(404)
  expect(await auditOf(admin, 'store.entity.delete')).toHaveLength(1)
})

test('403 404 only an admin deletes for good, and nobody what they cannot see', async () => {
  const { service, ada, entity } = await setUp()
  const owner = await ada.send('DELETE', `/api/store/entities/${entity}?hard=true`)
  expect([owner.status, owner.body.code]).toEqual([403, 'hard_delete_admin_only'])
  await ada.send('DELETE', `/api/store/entities/${entity}`)
  const stranger = await service.asSomebody()
  const hidden = await stranger.send('DELETE', `/api/store/entities/${entity}?hard=true`)
  expect(hidden.status).toBe(404)
})

test('202 an approval to delete is void once the entity has changed', async () => {
  const { admin, other, ada, entity } = await setUp()
  const path = `/api/store/entities/${entity}?hard=true`
  const asked = await admin.send('DELETE', path)
  await decide(other, asked.body.approval_id)
  const json = { category: 'harbours' }
  expect((await ada.send('PUT', `/api/store/entities/${entity}`, { json })).status).toBe(200)
  const again = await admin.send('DELETE', path)
  expect(again.status).toBe(202)
  expect(again.body.approval_id).not.toBe(asked.body.approval_id)
})

test('403 whoever approved a deletion does not do it too, though somebody else asked', async () => {
  const { admin, other, ada, entity } = await setUp()
  const path = `/api/store/entities/${entity}?hard=true`
  const asked = await admin.send('DELETE', path)
  const { body: ticket } = await admin.send('GET', `/api/approvals/${asked.body.approval_id}`)
  await admin.send('POST', `/api/approvals/${ticket.id}/cancel`)
  const { action, context } = ticket
  const json = { action, context }
  const accomplice = await ada.send('POST', '/api/gate/check', { json })
  expect(accomplice.body.request_hash).toBe(ticket.request_hash)
  await decide(other, accomplice.body.approval_id)
  const alone = await other.send('DELETE', path)
  expect([alone.status, alone.body.code]).toEqual([403, 'self_approval_forbidden'])
  expect((await admin.send('DELETE', path)).status).toBe(204)
})

test('S4-13 500 where the gate fails, nothing is deleted', async () => {
  const { service, admin, ada, entity } = await setUp()
  await service.db.$client`alter table approvals rename to gone`
  const { status, body } = await admin.send('DELETE', `/api/store/entities/${entity}?hard=true`)
  expect([status, body.code, body.detail]).toEqual([500, 'gate_failed', 'approval gate failed'])
  expect((await ada.send('GET', `/api/store/entities/${entity}`)).status).toBe(200)
})

test('202 204 a deleted submission takes its version out of service, and nothing else', async () => {
  const { admin, other, ada, entity, submission } = await setUp()
  const path = `/api/admin/store/submissions/${submission}`
  const asked = await admin.send('DELETE', path)
  expect(asked.status).toBe(202)
  await decide(other, asked.body.approval_id)
  expect((await admin.send('DELETE', path)).status).toBe(204)
  expect((await admin.send('GET', path)).body).toMatchObject({ status: 'deleted' })
  expect((await ada.send('GET', `/api/store/entities/${entity}`)).body.visibility_status).toBe(
    'hidden',
  )
  expect((await admin.send('DELETE', path)).status).toBe(404)
})

test('204 the only admin may delete alone if they say so, and it is on record', async () => {
  const service = await startService()
  const admin = await service.asAdmin()
  const { body } = await admin.submit()
  await service.untilSettled(admin, body.submission.id)
  const path = `/api/store/entities/${body.id}?hard=true`
  expect((await admin.send('DELETE', path)).status).toBe(202)
  expect((await admin.send('DELETE', `${path}&solo=true`)).status).toBe(204)
  const [entry] = await auditOf(admin, 'approval.self_approved')
  expect(entry.params).toMatchObject({ self_approved: 'solo', action: 'store.entity.hard_delete' })
})

test('403 with a second admin nobody deletes alone', async () => {
  const { admin, entity } = await setUp()
  const alone = await admin.send('DELETE', `/api/store/entities/${entity}?hard=true&solo=true`)
  expect([alone.status, alone.body.code]).toEqual([403, 'self_approval_forbidden'])
})

test('201 202 admins are appointed alone on the first day, and by two after it', async () => {
  const service = await startService({ withWorker: false })
  const admin = await service.asAdmin()
  const json = { email: 'second@example.com', password: 'correct horse', role: 'admin' }
  expect((await admin.send('POST', '/api/admin/users', { json })).status).toBe(201)
  const second = await service.logIn(json.email, json.password)
  await age(service)

  const third = { ...json, email: 'third@example.com' }
  const asked = await admin.send('POST', '/api/admin/users', { json: third })
  expect(asked.status).toBe(202)
  expect(asked.body.action).toBe('admin.role_grant')
  await decide(second, asked.body.approval_id)
  expect((await admin.send('POST', '/api/admin/users', { json: third })).status).toBe(201)
})

test('201 the only admin can always appoint a second one', async () => {
  const service = await startService({ withWorker: false })
  const admin = await service.asAdmin()
  await age(service)
  const json = { email: 'second@example.com', password: 'correct horse', role: 'admin' }
  expect((await admin.send('POST', '/api/admin/users', { json })).status).toBe(201)
})

test('202 somebody becomes an admin once another admin has approved it', async () => {
  const { service, admin, other, ada } = await setUp()
  await age(service)
  const promote = () =>
    admin.send('PATCH', `/api/admin/users/${ada.id}`, { json: { role: 'admin' } })
  const asked = await promote()
  expect(asked.status).toBe(202)
  expect((await ada.send('GET', '/api/me')).body.role).toBe('user')
  await decide(other, asked.body.approval_id)
  expect((await promote()).body).toMatchObject({ role: 'admin' })
})

test('201 202 a token for somebody else is made once another admin has approved it', async () => {
  const { service, admin, other, ada } = await setUp()
  const headers = { 'idempotency-key': 'mint-1' }
  const mint = () =>
    admin.send('POST', `/api/admin/users/${ada.id}/tokens`, { json: { name: 'ci' }, headers })
  const asked = await mint()
  expect([asked.status, asked.body.action]).toEqual([202, 'org_token_mint'])
  await decide(other, asked.body.approval_id)
  const { status, body } = await mint()
  expect(status).toBe(201)
  const headersOfAda = { authorization: `Bearer ${body.token}` }
  const me = await service.send('GET', '/api/me', { headers: headersOfAda })
  expect(me.body.id).toBe(ada.id)
})

test('202 204 a workspace is closed once somebody else has approved it', async () => {
  const { admin, other } = await setUp()
  const { body: workspace } = await admin.send('POST', '/api/workspaces', { json: { name: 'A' } })
  const json = { name: 'Below', parent_id: workspace.id }
  const { body: below } = await admin.send('POST', '/api/workspaces', { json })
  const full = await admin.send('DELETE', `/api/workspaces/${workspace.id}`)
  expect([full.status, full.body.code]).toEqual([409, 'workspace_not_empty'])

  const asked = await admin.send('DELETE', `/api/workspaces/${below.id}`)
  expect(asked.status).toBe(202)
  await decide(other, asked.body.approval_id)
  expect((await admin.send('DELETE', `/api/workspaces/${below.id}`)).status).toBe(204)
  expect((await admin.send('GET', `/api/workspaces/${below.id}`)).status).toBe(404)
})
