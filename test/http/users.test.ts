import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { shareService } from '../support/share-service.ts'
import { startService } from '../support/start-service.ts'

const service = shareService({ withWorker: false })
const path = '/api/admin/users'
const password = 'a long enough password'
const someEmail = () => `${randomUUID()}@example.com`

describe('POST /api/admin/users', () => {
  test('201 gives everybody a handle, made unique with a suffix', async () => {
    const admin = await service().asAdmin()
    const name = `Grace.Hopper+${randomUUID().slice(0, 6)}`
    const one = await admin.send('POST', path, { json: { email: `${name}@one.org`, password } })
    const two = await admin.send('POST', path, { json: { email: `${name}@two.org`, password } })
    expect([one.status, two.status]).toEqual([201, 201])
    expect(one.body).toMatchObject({ id: expect.any(String), role: 'user' })
    expect(one.body.handle).toMatch(/^[a-z0-9-]+$/)
    expect(two.body.handle).toMatch(/^[a-z0-9-]+$/)
    expect(two.body.handle).not.toBe(one.body.handle)
    expect(two.body.handle.startsWith(one.body.handle)).toBe(true)
  })

  test('409 email_taken however it is spelt, also for twenty at once', async () => {
    const admin = await service().asAdmin()
    const email = someEmail()
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        admin.send('POST', path, {
          json: { email: n % 2 ? email : email.toUpperCase(), password },
        }),
      ),
    )
    const codes = answers.map(({ status, body }) => body.code ?? status)
    expect(codes.filter((code) => code === 201)).toHaveLength(1)
    expect(codes.filter((code) => code === 'email_taken')).toHaveLength(19)
  })

  test.each([
    { password },
    { email: 'nonsense', password },
    { email: 'a@example.com', password: 'short' },
    { email: 'a@example.com', password, role: 'king' },
  ])('422 for %j', async (json) => {
    const admin = await service().asAdmin()
    const { status, body } = await admin.send('POST', path, { json })
    expect([status, body.code]).toEqual([422, 'validation_failed'])
  })

  test('403 for anybody but an admin', async () => {
    const ada = await service().asSomebody()
    const json = { email: someEmail(), password }
    const answers = [
      await ada.send('POST', path, { json }),
      await ada.send('GET', path),
      await ada.send('PATCH', `${path}/${ada.id}`, { json: { role: 'admin' } }),
    ]
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
      answers.map(() => [403, 'forbidden']),
    )
  })
})

describe('PATCH /api/admin/users/{id}', () => {
  test('200 changes role, password and access, at once', async () => {
    const admin = await service().asAdmin()
    const email = someEmail()
    const { body: user } = await admin.send('POST', path, { json: { email, password } })
    const ada = await service().logIn(email, password)
    const patch = (json: object) => admin.send('PATCH', `${path}/${user.id}`, { json })

    expect((await patch({ role: 'admin' })).body).toMatchObject({ id: user.id, role: 'admin' })
    expect((await ada.send('GET', path)).status).toBe(200)
    await patch({ role: 'user' })
    expect((await ada.send('GET', path)).status).toBe(403)
    await patch({ password: 'another long password' })
    expect((await service().logIn(email, 'another long password')).token).toBeDefined()
    expect((await patch({ disabled: true })).body.disabled).toBe(true)
    expect((await ada.send('GET', '/api/me')).status).toBe(401)
    const json = { email, password: 'another long password' }
    const refused = await service().send('POST', '/api/auth/token', { json })
    expect([refused.status, refused.body.code]).toEqual([401, 'invalid_credentials'])
    await patch({ disabled: false })
    expect((await service().send('POST', '/api/auth/token', { json })).status).toBe(200)
  })

  test('404 for nobody, 422 for nothing and for the unknown', async () => {
    const admin = await service().asAdmin()
    const send = (id: string, json: object) => admin.send('PATCH', `${path}/${id}`, { json })
    expect((await send(randomUUID(), { role: 'user' })).status).toBe(404)
    expect((await send('not-an-id', { role: 'user' })).status).toBe(404)
    expect((await send(admin.id, {})).status).toBe(422)
    expect((await send(admin.id, { email: 'b@example.com' })).status).toBe(422)
  })

  test('409 last_admin: somebody stays an admin, whoever goes first', async () => {
    const own = await startService({ withWorker: false })
    const root = await own.asAdmin()
    const other = await own.asSomebody('admin')
    const { $client: sql } = own.db
    const { both } = await sql.begin(async (tx) => {
      await tx`select 1 from principals where role = 'admin' for update`
      const both = Promise.all([
        root.send('PATCH', `${path}/${other.id}`, { json: { role: 'user' } }),
        other.send('PATCH', `${path}/${root.id}`, { json: { disabled: true } }),
      ])
      // Neither has changed anything yet, and both have got as far as they can.
      const waiting = () => sql`
        select 1 from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`
      await expect.poll(waiting).toHaveLength(2)
      return { both }
    })
    const statuses = (await both).map(({ status }) => status)
    expect(statuses.toSorted()).toEqual([200, 409])
    const rows = await sql`
      select 1 from principals where role = 'admin' and disabled_at is null`
    expect(rows).toHaveLength(1)
  })
})

test('what happened to people and tokens is in the audit, without a secret', async () => {
  const admin = await service().asAdmin()
  const email = someEmail()
  const { body: user } = await admin.send('POST', path, { json: { email, password } })
  const ada = await service().logIn(email, password)
  const { body: token } = await ada.send('POST', '/api/tokens', {
    json: { name: 'laptop', kind: 'agent' },
  })
  await ada.send('DELETE', `/api/tokens/${token.id}`)
  await ada.send('POST', '/api/auth/logout')
  await admin.send('PATCH', `${path}/${user.id}`, { json: { role: 'admin' } })
  const own = await admin.send('GET', `/api/admin/audit?actor=${user.id}`)
  const done = own.body.items.map(({ action }: { action: string }) => action)
  expect(done.toReversed()).toEqual(['auth.login', 'token.create', 'token.revoke', 'auth.logout'])
  const about = await admin.send('GET', `/api/admin/audit?resource=user:${user.id}`)
  const actions = about.body.items.map(({ action }: { action: string }) => action)
  expect(actions).toEqual(expect.arrayContaining(['user.create', 'user.update']))
  const text = JSON.stringify([own.body, about.body])
  expect(text).not.toContain(password)
  expect(text).not.toContain(token.token)
})
