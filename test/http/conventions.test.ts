import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { aSkill, description, zip } from '../support/bundles.ts'
import { shareService } from '../support/share-service.ts'
import { startService } from '../support/start-service.ts'

const service = shareService({ withWorker: false })
const json = { 'content-type': 'application/json' }

describe('a problem', () => {
  test('404 not_found of an unknown route is a whole problem document', async () => {
    const { status, headers, body } = await service().send('GET', '/api/nowhere')
    expect(status).toBe(404)
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/)
    expect(body).toEqual({
      type: '/problems/not_found',
      title: expect.any(String),
      status: 404,
      detail: expect.any(String),
      code: 'not_found',
      request_id: headers.get('x-request-id'),
    })
  })

  test('404 for a known path with another method', async () => {
    const ada = await service().asSomebody()
    const { status, body } = await ada.send('PATCH', '/api/me', { json: {} })
    expect([status, body.code]).toEqual([404, 'not_found'])
  })

  test.each([
    ['what is no JSON', '{"email": ', json],
    ['JSON with a forbidden key', '{"__proto__": {"role": "admin"}}', json],
    ['plain text', 'not json', { 'content-type': 'text/plain' }],
    ['another content type', 'email=a', { 'content-type': 'application/x-www-form-urlencoded' }],
  ])('400 invalid_json for %s', async (_what, raw, headers) => {
    const answer = await service().send('POST', '/api/auth/token', { raw, headers })
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid_json'])
  })

  test('400 invalid_json for a form where none is read, and nothing of it is kept', async () => {
    const file = { bytes: new Uint8Array(300 * 1024), fileName: 'a' }
    const form = { email: 'a@example.com', password: 'a', file }
    const answer = await service().send('POST', '/api/auth/token', { form })
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid_json'])
  })

  test.each([
    '',
    '{}',
    '[]',
    '"text"',
    'null',
    '{"email":1,"password":[]}',
  ])('422 validation_failed for the body %j, and says what is wrong with it', async (raw) => {
    const request = { raw, headers: json }
    const answer = await service().send('POST', '/api/auth/token', request)
    expect(answer).toMatchObject({ status: 422, body: { code: 'validation_failed' } })
    expect(answer.body.errors.length).toBeGreaterThan(0)
    for (const error of answer.body.errors) {
      expect(error).toEqual({ path: expect.any(String), message: expect.any(String) })
    }
  })

  test('413 too_large for a JSON body beyond 1 MiB', async () => {
    const password = 'x'.repeat(1_100_000)
    const answer = await service().send('POST', '/api/auth/token', {
      json: { email: 'a@example.com', password },
    })
    expect([answer.status, answer.body.code]).toEqual([413, 'too_large'])
  })

  test('500 shows nothing of what went wrong', async () => {
    const broken = await startService({
      withWorker: false,
      overrides: {
        readiness: () => Promise.resolve(),
        countQueue: () => Promise.reject(new Error('select secret from vault')),
      },
    })
    const answer = await (await broken.asAdmin()).send('GET', '/api/admin/ops')
    expect(answer).toMatchObject({ status: 500, body: { code: 'internal' } })
    expect(JSON.stringify(answer.body)).not.toMatch(/select|vault|stack|\.ts/)
  })

  test('every code has a page under its type', async () => {
    const { body } = await service().send('GET', '/api/nowhere')
    const page = await service().send('GET', body.type)
    expect(page.status).toBe(200)
    expect((await service().send('GET', '/problems/nonsense')).status).toBe(404)
  })
})

describe('x-request-id', () => {
  test('is on every response, and is the caller’s own if it is a sound one', async () => {
    const given = `trace-${randomUUID()}`
    const echoed = await service().send('GET', '/health', { headers: { 'x-request-id': given } })
    expect(echoed.headers.get('x-request-id')).toBe(given)
    const forged = { 'x-request-id': 'a b"<script>' }
    const made = await service().send('GET', '/health', { headers: forged })
    expect(made.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })
})

describe('a list', () => {
  const lists = ['/api/store/entities', '/api/store/submissions', '/api/store/installs']
  const adminLists = ['/api/admin/store/submissions', '/api/admin/audit', '/api/admin/users']

  test.each([
    ...lists,
    '/api/tokens',
    ...adminLists,
  ])('%s refuses what is no page', async (path) => {
    const admin = await service().asAdmin()
    for (const query of ['limit=0', 'limit=201', 'limit=x', 'cursor=nonsense', 'cursor=%00']) {
      const { status, body } = await admin.send('GET', `${path}?${query}`)
      expect([query, status, body.code]).toEqual([query, 422, 'validation_failed'])
    }
  })

  test('goes through everything once, newest first, also while it grows', async () => {
    const ada = await service().asSomebody()
    const made: string[] = []
    const submit = async (name: string) => {
      const { body } = await ada.submit(aSkill({ name }))
      made.push(body.id)
    }
    for (const name of ['one', 'two', 'three', 'four', 'five']) await submit(name)

    const seen: string[] = []
    let path = '/api/store/entities?limit=2'
    for (;;) {
      const { body } = await ada.send('GET', path)
      seen.push(...body.items.map(({ id }: { id: string }) => id))
      if (body.next_cursor === null) break
      await submit(`later-${seen.length}`)
      path = `/api/store/entities?limit=2&cursor=${encodeURIComponent(body.next_cursor)}`
    }
    expect(seen).toEqual(made.slice(0, 5).reverse())
  })

  test('has 50 items to a page unless asked otherwise', async () => {
    const ada = await service().asSomebody()
    const names = Array.from({ length: 51 }, (_, n) => `token ${n}`)
    for (const name of names)
      await ada.send('POST', '/api/tokens', { json: { name, kind: 'user' } })
    const { body } = await ada.send('GET', '/api/tokens')
    expect(body.items).toHaveLength(50)
    const rest = await ada.send('GET', `/api/tokens?cursor=${body.next_cursor}`)
    expect(rest.body).toMatchObject({ items: [{ name: 'token 0' }], next_cursor: null })
  })
})

describe('an Idempotency-Key', () => {
  const form = async (note = '', fields = {}) => ({
    form: {
      type: 'skill',
      description,
      ...fields,
      file: { bytes: await zip(aSkill({ note })), fileName: 'bundle.zip' },
    },
  })
  const path = '/api/store/entities'
  const headers = () => ({ 'idempotency-key': randomUUID() })

  test('replays the first response, whatever the boundary of the form and the name of its file', async () => {
    const ada = await service().asSomebody()
    const request = { ...(await form()), headers: headers() }
    const first = await ada.send('POST', path, request)
    const file = { ...request.form.file, fileName: 'tmp1234.zip' }
    const again = await ada.send('POST', path, { ...request, form: { ...request.form, file } })
    expect([first.status, again.status]).toEqual([201, 201])
    expect(first.headers.get('idempotent-replayed')).toBeNull()
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(again.headers.get('location')).toBe(first.headers.get('location'))
    expect(again.body).toEqual(first.body)
  })

  test('replays a refusal too', async () => {
    const ada = await service().asSomebody()
    const request = { json: { name: '', kind: 'user' }, headers: headers() }
    const answers = [
      await ada.send('POST', '/api/tokens', request),
      await ada.send('POST', '/api/tokens', request),
    ]
    expect(answers.map(({ status }) => status)).toEqual([422, 422])
    await ada.submit()
    const taken = { ...(await form('other bytes')), headers: headers() }
    const [one, other] = [await ada.send('POST', path, taken), await ada.send('POST', path, taken)]
    expect(other.body).toEqual(one.body)
    expect(one.body.code).toBe('name_taken')
    expect(other.headers.get('idempotent-replayed')).toBe('true')
    expect(other.headers.get('content-type')).toBe(one.headers.get('content-type'))
  })

  test('TRAP 8: the same key twice at once is executed once', async () => {
    const ada = await service().asSomebody()
    const request = { ...(await form()), headers: headers() }
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => ada.send('POST', path, request)),
    )
    const created = answers.filter(({ status }) => status === 201)
    expect(created.length).toBeGreaterThan(0)
    expect(new Set(created.map(({ body }) => body.id)).size).toBe(1)
    for (const { status, body } of answers.filter(({ status }) => status !== 201)) {
      expect([status, body.code]).toEqual([409, 'idempotency_in_progress'])
    }
    const { body } = await ada.send('GET', path)
    expect(body.items).toHaveLength(1)
    const last = await ada.send('POST', path, request)
    expect([last.status, last.body.id]).toEqual([201, body.items[0].id])
  })

  test.each([
    ['other bytes', 'other', {}],
    ['another field', '', { category: 'reports' }],
  ])('422 idempotency_mismatch with %s', async (_what, note, fields) => {
    const ada = await service().asSomebody()
    const key = headers()
    await ada.send('POST', path, { ...(await form()), headers: key })
    const other = await ada.send('POST', path, { ...(await form(note, fields)), headers: key })
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_mismatch'])
  })

  test('422 idempotency_mismatch on another path', async () => {
    const ada = await service().asSomebody()
    const key = headers()
    await ada.send('POST', '/api/tokens', { json: { name: 'a', kind: 'user' }, headers: key })
    const other = await ada.send('POST', path, { ...(await form()), headers: key })
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_mismatch'])
  })

  test('of another caller is another key', async () => {
    const [ada, bob] = [await service().asSomebody(), await service().asSomebody()]
    const request = { ...(await form()), headers: headers() }
    const mine = await ada.send('POST', path, request)
    const theirs = await bob.send('POST', path, request)
    expect([mine.status, theirs.status]).toEqual([201, 201])
    expect(theirs.body.id).not.toBe(mine.body.id)
  })
})
