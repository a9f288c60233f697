import { describe, expect, onTestFinished, test } from 'vitest'
import { aSkill } from '../support/bundles.ts'
import { obedientModel } from '../support/obedient-model.ts'
import { shareService } from '../support/share-service.ts'
import { type Person, startService } from '../support/start-service.ts'

const service = shareService({ script: obedientModel })

interface Told {
  seq: string
  type: string
  data: { id: string; type: string; timestamp: string; data: Record<string, unknown> }
}

/** Listens to the stream as somebody, from here on or from where they were. */
async function listen(person: Person, lastEventId?: string) {
  const aborting = new AbortController()
  onTestFinished(() => aborting.abort())
  const response = await fetch(`${service().url}/api/events`, {
    signal: aborting.signal,
    headers: {
      authorization: `Bearer ${person.token}`,
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    },
  })
  const told: Told[] = []
  void (async () => {
    let text = ''
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk
      const frames = text.split('\n\n')
      text = frames.pop() ?? ''
      told.push(...frames.flatMap(readFrame))
    }
  })().catch(() => {})
  const until = (type: string, entityId: string) =>
    expect
      .poll(() => told.some((one) => one.type === type && one.data.data.entity_id === entityId))
      .toBe(true)
  const about = (id: string) => told.filter(({ data }) => data.data.entity_id === id)
  return { response, told, until, about }
}

function readFrame(frame: string): Told[] {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(frame)?.[1]
  const [seq, type, data] = [field('id'), field('event'), field('data')]
  return seq && type && data ? [{ seq, type, data: JSON.parse(data) }] : []
}

describe('GET /api/events', () => {
  test('200 tells in order what happens, to whom it concerns, and to others what is public', async () => {
    const [ada, bob, admin] = [
      await service().asSomebody(),
      await service().asSomebody(),
      await service().asAdmin(),
    ]
    const [mine, theirs, all] = [await listen(ada), await listen(bob), await listen(admin)]
    expect(mine.response.headers.get('content-type')).toMatch(/^text\/event-stream/)
    const { body } = await ada.submit()
    for (const stream of [mine, theirs, all]) await stream.until('entity.promoted', body.id)
    for (const stream of [mine, all]) {
      const types = stream.about(body.id).map(({ type }) => type)
      expect(types.slice(0, 1)).toEqual(['submission.created'])
      expect(types).toEqual(expect.arrayContaining(['submission.approved', 'entity.promoted']))
      expect(types.filter((type) => type === 'submission.approved')).toHaveLength(1)
    }
    expect(theirs.about(body.id).map(({ type }) => type)).toEqual(['entity.promoted'])
    const [first] = mine.about(body.id)
    expect(first?.data).toMatchObject({
      id: expect.any(String),
      type: 'submission.created',
      timestamp: expect.stringMatching(/Z$/),
      data: { submission_id: body.submission.id, status: 'pending_llm' },
    })
    const seqs = all.told.map(({ seq }) => Number(seq))
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b))
  })

  test('200 Last-Event-ID resumes behind what was heard, and nothing is told twice', async () => {
    const ada = await service().asSomebody()
    const before = await listen(ada)
    const { body } = await ada.submit(aSkill({ name: 'resumed' }))
    await before.until('entity.promoted', body.id)
    const [first, ...rest] = before.about(body.id)
    const after = await listen(ada, first?.seq)
    await after.until('entity.promoted', body.id)
    expect(after.about(body.id).map(({ seq }) => seq)).toEqual(rest.map(({ seq }) => seq))
  })

  test('TRAP 16: the owner hears that a version was blocked, and that an entity was archived', async () => {
    const ada = await service().asSomebody()
    const stream = await listen(ada)
    const { body } = await ada.submit(aSkill({ note: 'the model blocks' }))
    await stream.until('submission.blocked', body.id)
    const admin = await service().asAdmin()
    await admin.send('DELETE', `/api/store/entities/${body.id}`)
    await stream.until('entity.archived', body.id)
    const types = stream.about(body.id).map(({ type }) => type)
    expect(types).toEqual(['submission.created', 'submission.blocked', 'entity.archived'])
  })

  test('401 without a token', async () => {
    expect((await service().send('GET', '/api/events')).status).toBe(401)
  })
})

describe('429 rate_limited', () => {
  test.each([
    'redis',
    'postgres',
  ] as const)('on %s: each principal has its own measure', async (engine) => {
    const env = { RATE_LIMIT_PER_MINUTE: '5' }
    const own = await startService({ engine, env, withWorker: false })
    const [ada, admin] = [await own.asSomebody(), await own.asAdmin()]
    const statuses: number[] = []
    for (let n = 0; n < 6; n += 1) statuses.push((await ada.send('GET', '/api/me')).status)
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429])
    const refused = await ada.send('GET', '/api/me')
    expect(refused.body).toMatchObject({ code: 'rate_limited', status: 429 })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await own.send('GET', '/health')).status).toBe(200)
    expect((await admin.send('GET', '/api/me')).status).toBe(200)
  })
})

test('the cookie is Secure wherever it is not plain http on loopback', async () => {
  const own = await startService({ withWorker: false, env: { TRUST_PROXY: 'true' } })
  const { email, password } = { email: 'admin@example.com', password: 'correct horse battery' }
  const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'sign.example.com' }
  const answer = await own.send('POST', '/api/auth/token', { json: { email, password }, headers })
  expect(answer.headers.get('set-cookie')).toMatch(/; Secure/)
})

describe('installs', () => {
  test('200 are what a person is served, twice is once, and an agent installs for its owner', async () => {
    const [ada, bob] = [await service().asSomebody(), await service().asSomebody()]
    const { body } = await ada.submit(aSkill({ name: 'installed' }))
    await service().untilSettled(ada, body.submission.id)
    const path = `/api/store/entities/${body.id}/install`
    const agent = await service().asAgentOf(bob)
    for (const person of [bob, bob, agent]) {
      const answer = await person.send('POST', path)
      expect([answer.status, answer.body]).toEqual([200, { installed: true }])
    }
    const { body: list } = await bob.send('GET', '/api/store/installs')
    expect(list).toMatchObject({ items: [{ id: body.id, installed: true }], next_cursor: null })
    const mine = await bob.send('GET', '/api/store/entities?installed=true')
    expect(mine.body.items).toHaveLength(1)
    const admin = await service().asAdmin()
    const query = `resource=entity:${body.id}&action=store.entity.install`
    expect((await admin.send('GET', `/api/admin/audit?${query}`)).body.items).toHaveLength(1)
    expect((await bob.send('DELETE', path)).status).toBe(204)
    expect((await bob.send('DELETE', path)).status).toBe(204)
    expect((await bob.send('GET', '/api/store/installs')).body.items).toEqual([])
  })
})
