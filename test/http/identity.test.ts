import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { shareService } from '../support/share-service.ts'
import { admin, startService } from '../support/start-service.ts'

const service = shareService({ withWorker: false })
const wrong = 'not the password'

const logIn = (email: string, password: string) =>
  service().send('POST', '/api/auth/token', { json: { email, password } })

/** A person of this test's own, with their password. */
async function newPerson(role: 'user' | 'admin' = 'user') {
  const json = { email: `${randomUUID()}@example.com`, password: randomUUID(), role }
  const { body } = await (await service().asAdmin()).send('POST', '/api/admin/users', { json })
  return { ...json, id: body.id as string }
}

/** What a browser would send back after a login. */
async function asBrowser(email: string, password: string) {
  const { headers, body } = await logIn(email, password)
  const setCookie = headers.get('set-cookie') ?? ''
  return { setCookie, cookie: setCookie.split(';')[0] ?? '', csrf: body.csrf_token as string }
}

describe('POST /api/auth/token', () => {
  test('200 gives a bearer token that works', async () => {
    const { status, body } = await logIn(admin.email, admin.password)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      token_type: 'bearer',
      expires_in: expect.any(Number),
      user: { id: expect.any(String), email: admin.email, role: 'admin' },
    })
    const headers = { authorization: `Bearer ${body.access_token}` }
    const me = await service().send('GET', '/api/me', { headers })
    expect(me.body).toEqual({
      id: body.user.id,
      kind: 'user',
      email: admin.email,
      role: 'admin',
      handle: 'admin',
      csrf_token: null,
    })
  })

  test('200 however the address is spelt', async () => {
    expect((await logIn(` ${admin.email.toUpperCase()}`, admin.password)).status).toBe(200)
  })

  test('401 invalid_credentials, and the same for somebody who is not there', async () => {
    const answers = [await logIn(admin.email, wrong), await logIn('nobody@example.com', wrong)]
    expect(answers.map(({ status, body }) => [status, body.code, body.detail])).toEqual([
      [401, 'invalid_credentials', answers[1]?.body.detail],
      [401, 'invalid_credentials', answers[0]?.body.detail],
    ])
  })

  test('429 after ten failures for that account, for a while, even with the right password', async () => {
    const [ada, bob] = [await newPerson(), await newPerson()]
    for (let tries = 0; tries < 10; tries += 1) {
      expect((await logIn(ada.email, wrong)).status).toBe(401)
    }
    const refused = await logIn(ada.email.toUpperCase(), ada.password)
    expect([refused.status, refused.body.code]).toEqual([429, 'rate_limited'])
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(600)
    expect((await logIn(bob.email, bob.password)).status).toBe(200)
  })
})

describe('the session cookie', () => {
  test('is HttpOnly and SameSite=Lax, and not Secure on plain http on loopback', async () => {
    const { setCookie } = await asBrowser(admin.email, admin.password)
    expect(setCookie).toMatch(/; HttpOnly/)
    expect(setCookie).toMatch(/; SameSite=Lax/)
    expect(setCookie).toMatch(/; Path=\//)
    expect(setCookie).not.toMatch(/Secure/)
  })

  test('reads without more, and writes only with x-csrf-token', async () => {
    const person = await newPerson()
    const { cookie, csrf } = await asBrowser(person.email, person.password)
    const me = await service().send('GET', '/api/me', { headers: { cookie } })
    expect(me.body).toMatchObject({ email: person.email, csrf_token: csrf })
    const json = { name: 'from the console', kind: 'user' }
    const send = (headers: Record<string, string>) =>
      service().send('POST', '/api/tokens', { json, headers: { cookie, ...headers } })
    const forged = [await send({}), await send({ 'x-csrf-token': 'guess' })]
    expect(forged.map(({ status, body }) => [status, body.code])).toEqual([
      [403, 'forbidden'],
      [403, 'forbidden'],
    ])
    expect((await send({ 'x-csrf-token': csrf })).status).toBe(201)
  })

  test('of another session has another csrf token', async () => {
    const person = await newPerson()
    const one = await asBrowser(person.email, person.password)
    const other = await asBrowser(person.email, person.password)
    const headers = { cookie: one.cookie, 'x-csrf-token': other.csrf }
    const { status } = await service().send('POST', '/api/auth/logout', { headers })
    expect(status).toBe(403)
  })

  test('ends with the logout, and so does its token', async () => {
    const person = await newPerson()
    const { cookie, csrf } = await asBrowser(person.email, person.password)
    const headers = { cookie, 'x-csrf-token': csrf }
    const out = await service().send('POST', '/api/auth/logout', { headers })
    expect(out.status).toBe(204)
    expect(out.headers.get('set-cookie')).toMatch(/countersign_session=;/)
    expect((await service().send('GET', '/api/me', { headers: { cookie } })).status).toBe(401)
  })
})

describe('401 unauthenticated', () => {
  test.each([
    {},
    { authorization: 'Bearer ' },
    { authorization: 'Bearer cs_wrong' },
    { authorization: 'Basic ????' },
    { authorization: 'Digest x' },
    { cookie: 'countersign_session=wrong' },
  ])('with %j', async (headers) => {
    const { status, body } = await service().send('GET', '/api/me', { headers })
    expect([status, body.code]).toEqual([401, 'unauthenticated'])
  })
})

describe('tokens', () => {
  test('201 shows a token once, and 204 ends it', async () => {
    const ada = await service().asSomebody()
    const json = { name: 'laptop', kind: 'user', expires_in_days: 7 }
    const made = await ada.send('POST', '/api/tokens', { json })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ id: expect.any(String), name: 'laptop', kind: 'user' })
    expect(made.body.token).toMatch(/^cs_/)
    const { body: list } = await ada.send('GET', '/api/tokens')
    expect(list.items).toMatchObject([{ id: made.body.id, name: 'laptop' }])
    expect(JSON.stringify(list)).not.toContain(made.body.token)
    const rows = await service().db.$client`select * from tokens where id = ${made.body.id}`
    expect(JSON.stringify(rows)).not.toContain(made.body.token)

    const headers = { authorization: `Bearer ${made.body.token}` }
    expect((await service().send('GET', '/api/me', { headers })).body.id).toBe(ada.id)
    expect((await ada.send('DELETE', `/api/tokens/${made.body.id}`)).status).toBe(204)
    expect((await service().send('GET', '/api/me', { headers })).status).toBe(401)
    expect((await ada.send('DELETE', `/api/tokens/${made.body.id}`)).status).toBe(404)
  })

  test('401 once they have expired', async () => {
    const ada = await service().asSomebody()
    const json = { name: 'short', kind: 'user', expires_in_days: 1 }
    const { body } = await ada.send('POST', '/api/tokens', { json })
    await service().db.$client`
      update tokens set expires_at = now() - interval '1 s' where id = ${body.id}`
    const headers = { authorization: `Bearer ${body.token}` }
    expect((await service().send('GET', '/api/me', { headers })).status).toBe(401)
  })

  test('404 for somebody else’s token', async () => {
    const [ada, bob] = [await service().asSomebody(), await service().asSomebody()]
    const json = { name: 'mine', kind: 'user' }
    const { body } = await ada.send('POST', '/api/tokens', { json })
    expect((await bob.send('DELETE', `/api/tokens/${body.id}`)).status).toBe(404)
    expect((await bob.send('GET', '/api/tokens')).body.items).toEqual([])
  })

  test.each([
    { kind: 'user' },
    { name: 'x' },
    { name: 'x', kind: 'robot' },
    { name: 'x', kind: 'user', expires_in_days: 0 },
  ])('422 for %j', async (json) => {
    const ada = await service().asSomebody()
    expect((await ada.send('POST', '/api/tokens', { json })).status).toBe(422)
  })
})

describe('an agent', () => {
  test('is a principal of its own, without a role', async () => {
    const ada = await service().asSomebody()
    const agent = await service().asAgentOf(ada)
    const { body } = await agent.send('GET', '/api/me')
    expect(body).toMatchObject({ kind: 'agent', role: null, email: null })
    expect(body.id).not.toBe(ada.id)
  })

  test('403 makes no tokens, and has nothing of its owner’s rights as an admin', async () => {
    const agent = await service().asAgentOf(await service().asSomebody('admin'))
    const json = { name: 'more', kind: 'agent' }
    const answers = [
      await agent.send('POST', '/api/tokens', { json }),
      await agent.send('GET', '/api/admin/users'),
      await agent.send('GET', '/api/admin/store/submissions'),
      await agent.send('POST', '/api/admin/ops/pause'),
    ]
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403])
  })

  test('401 once its owner is disabled', async () => {
    const root = await service().asAdmin()
    const ada = await service().asSomebody()
    const agent = await service().asAgentOf(ada)
    await root.send('PATCH', `/api/admin/users/${ada.id}`, { json: { disabled: true } })
    expect((await agent.send('GET', '/api/me')).status).toBe(401)
    expect((await ada.send('GET', '/api/me')).status).toBe(401)
  })
})

test('the cookie is Secure wherever it is not plain http on loopback', async () => {
  const own = await startService({ withWorker: false, env: { TRUST_PROXY: 'true' } })
  const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'sign.example.com' }
  const answer = await own.send('POST', '/api/auth/token', { json: admin, headers })
  expect(answer.headers.get('set-cookie')).toMatch(/; Secure/)
})
