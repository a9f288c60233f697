import { startWorker } from '@countersign/worker/start-worker'
import { Redis } from 'ioredis'
import { Webhook as Verifier } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { type Heard, startReceiver } from '../support/receiver.ts'
import { type Person, type ServiceOptions, startService } from '../support/start-service.ts'
import { until } from '../support/until.ts'

const root = '/api/admin/webhooks'
const env = { TEST_WRITE_ENABLED: 'true', WEBHOOK_ALLOW_PRIVATE: 'true' }

async function setUp(options: ServiceOptions = {}) {
  const service = await startService({ ...options, env: { ...env, ...options.env } })
  return { ...service, admin: await service.asAdmin() }
}

async function addWebhook(admin: Person, url: string, events = ['*']) {
  const answer = await admin.send('POST', root, { json: { url, events } })
  expect(answer.status).toBe(201)
  return answer.body as { id: string; secret: string }
}

/** The log of a webhook, once its newest delivery is as wanted. */
async function untilLogged(admin: Person, id: string, status: string, tries: number) {
  return until(async () => {
    const { body } = await admin.send('GET', `${root}/${id}/deliveries`)
    const [newest] = body.items
    expect(newest).toMatchObject({ status })
    expect(newest.tries).toHaveLength(tries)
    return newest
  })
}

function readVerified({ text, headers }: Heard, ...secrets: string[]) {
  const given = Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, `${value}`]))
  return secrets.map((secret) => new Verifier(secret).verify(text, given))[0] as {
    id: string
    type: string
    data: Record<string, unknown>
  }
}

test('a webhook is told of what it asked for, signed so that anybody’s library believes it', async () => {
  const { admin } = await setUp()
  const receiver = await startReceiver()
  const { id, secret } = await addWebhook(admin, `${receiver.url}/hook`, ['submission.approved'])
  const { body: entity } = await admin.submit()

  const [heard] = await receiver.untilHeard(1)
  if (!heard) throw new Error('Nothing was heard.')
  const event = readVerified(heard, secret)
  expect(event).toMatchObject({
    type: 'submission.approved',
    data: { submission_id: entity.submission.id },
  })
  expect(heard).toMatchObject({ method: 'POST', path: '/hook' })
  expect(heard.headers['webhook-id']).toBe(event.id)
  expect(() => readVerified({ ...heard, text: `${heard.text} ` }, secret)).toThrow()

  const delivery = await untilLogged(admin, id, 'delivered', 1)
  expect(delivery).toMatchObject({ event_id: event.id, response_status: 200, payload: event })
  expect(receiver.heard).toHaveLength(1)
})

test('what fails is tried again after a pause, under the same id, and the log keeps each try', async () => {
  const { admin } = await setUp()
  const receiver = await startReceiver((_, count) => ({ status: count === 1 ? 503 : 204 }))
  const { id } = await addWebhook(admin, receiver.url, ['submission.created'])
  await admin.submit()

  const { tries } = await untilLogged(admin, id, 'delivered', 2)
  const [failed, passed] = tries
  expect(failed).toMatchObject({ response_status: 503, error: 'The receiver answered 503.' })
  expect(passed).toMatchObject({ response_status: 204, error: null })
  // Five seconds, of which a tenth is chance.
  expect(Date.parse(passed.at) - Date.parse(failed.at)).toBeGreaterThan(4_000)
  const ids = receiver.heard.map(({ headers }) => headers['webhook-id'])
  expect(ids).toHaveLength(2)
  expect(new Set(ids).size).toBe(1)
})

test('a receiver that asks for patience is given it', async () => {
  const { admin } = await setUp()
  const receiver = await startReceiver(() => ({ status: 429, headers: { 'retry-after': '3600' } }))
  const { id } = await addWebhook(admin, receiver.url, ['submission.created'])
  await admin.submit()
  const { next_attempt_at: next } = await untilLogged(admin, id, 'pending', 1)
  expect(Date.parse(next) - Date.now()).toBeGreaterThan(3_500_000)
})

test('after a rotation both secrets sign, and the older one expires', async () => {
  const { admin, db } = await setUp()
  const receiver = await startReceiver()
  const { id, secret: old } = await addWebhook(admin, receiver.url)
  const { status, body } = await admin.send('POST', `${root}/${id}/rotate-secret`, { json: {} })
  expect(status).toBe(200)
  expect(body.secret).not.toBe(old)

  await admin.send('POST', `${root}/${id}/test`)
  const [first] = await receiver.untilHeard(1)
  if (!first) throw new Error('Nothing was heard.')
  expect(readVerified(first, body.secret, old).type).toBe('webhook.test')

  await db.$client`update webhooks set secrets = jsonb_set(secrets, '{1,expiresAt}', '"2020-01-01"')`
  await admin.send('POST', `${root}/${id}/test`)
  const [, second] = await receiver.untilHeard(2)
  if (!second) throw new Error('Nothing more was heard.')
  readVerified(second, body.secret)
  expect(() => readVerified(second, old)).toThrow()
})

test('a delivery is sent once more under the same id, if somebody asks for it', async () => {
  const { admin } = await setUp()
  const receiver = await startReceiver()
  const { id } = await addWebhook(admin, receiver.url, ['submission.created'])
  await admin.submit()
  const delivery = await untilLogged(admin, id, 'delivered', 1)
  const path = `${root}/${id}/deliveries/${delivery.id}/redeliver`
  const again = await admin.send('POST', path)
  expect(again).toMatchObject({ status: 202, body: { redelivery_of: delivery.id } })
  const [one, two] = await receiver.untilHeard(2)
  expect(two?.headers['webhook-id']).toBe(one?.headers['webhook-id'])
  expect(two?.text).toBe(one?.text)
})

test('a webhook that is gone is told no more; an admin can bring it back', async () => {
  const { admin } = await setUp()
  const receiver = await startReceiver((_, count) => ({ status: count === 1 ? 410 : 200 }))
  const { id } = await addWebhook(admin, receiver.url, ['submission.created'])
  await admin.submit()
  await untilLogged(admin, id, 'failed', 1)
  const { body: gone } = await admin.send('GET', `${root}/${id}`)
  expect(gone).toMatchObject({ disabled: true, disabled_reason: 'The receiver answered 410 Gone.' })

  const json = { disabled: false }
  expect((await admin.send('PATCH', `${root}/${id}`, { json })).body.disabled).toBe(false)
  await admin.submit(undefined, { name: 'another' })
  await untilLogged(admin, id, 'delivered', 1)
})

test('a webhook that nothing got through to for five days is told no more', async () => {
  const { admin, db } = await setUp()
  const receiver = await startReceiver(() => ({ status: 500 }))
  const { id } = await addWebhook(admin, receiver.url, ['submission.created'])
  await admin.submit()
  await untilLogged(admin, id, 'pending', 1)
  await db.$client`update webhooks set failing_since = now() - interval '6 days'`
  await db.$client`update webhook_deliveries set due_at = now() where due_at is not null`
  await untilLogged(admin, id, 'cancelled', 2)
  expect((await admin.send('GET', `${root}/${id}`)).body).toMatchObject({
    disabled: true,
    disabled_reason: 'Nothing got through to it for 5 days.',
  })
})

test('redirects are not followed', async () => {
  const { admin } = await setUp()
  const inside = await startReceiver()
  const headers = { location: inside.url }
  const receiver = await startReceiver(() => ({ status: 307, headers }))
  const { id } = await addWebhook(admin, receiver.url, ['submission.created'])
  await admin.submit()
  const { error } = await untilLogged(admin, id, 'pending', 1)
  expect(error).toBe('Redirects are not followed.')
  expect(inside.heard).toEqual([])
})

test('S1-19 S1-25 a closed sandbox keeps deliveries from everybody, and changes nothing else', async () => {
  const { admin, db, untilSettled } = await setUp({ env: { TEST_WRITE_ENABLED: 'false' } })
  const receiver = await startReceiver()
  const { id } = await addWebhook(admin, receiver.url, ['submission.approved'])
  const { body } = await admin.submit()
  expect(await untilSettled(admin, body.submission.id)).toMatchObject({ status: 'approved' })
  const { error } = await untilLogged(admin, id, 'cancelled', 1)
  expect(error).toBe('The write guard kept it: opt-in-disabled.')
  expect(receiver.heard).toEqual([])
  const [entry] = await db.$client`select resource, params from audit_entries
    where action = 'guard.blocked'`
  expect(entry).toMatchObject({
    resource: `webhook:${receiver.url}`,
    params: { op: 'deliver', reason: 'opt-in-disabled', work_item: expect.any(String) },
  })
})

test('an emptied Redis and a worker that was away lose no delivery', async () => {
  const { admin, config, log, worker } = await setUp({ engine: 'redis' })
  await worker?.stop()
  const receiver = await startReceiver()
  await addWebhook(admin, receiver.url, ['submission.created'])
  for (const name of ['one', 'two', 'three']) await admin.submit(undefined, { name })
  const redis = new Redis(config.REDIS_URL ?? '')
  await redis.flushdb()
  redis.disconnect()

  const another = await startWorker(config, log)
  const ids = (await receiver.untilHeard(3)).map(({ headers }) => headers['webhook-id'])
  expect(new Set(ids).size).toBe(3)
  await another.stop()
})

test('401, 403 and 404 for those who may not, and for what is not there', async () => {
  const { admin, send, asSomebody, asAgentOf } = await setUp({ withWorker: false })
  const { id } = await addWebhook(admin, 'http://127.0.0.1:9/')
  const nobody = '01890a5d-ac96-774b-bcce-b302099a8057'
  expect((await send('GET', root)).status).toBe(401)
  for (const person of [await asSomebody(), await asAgentOf(admin)]) {
    expect((await person.send('GET', root)).status).toBe(403)
    expect((await person.send('POST', `${root}/${id}/test`)).status).toBe(403)
  }
  for (const [method, path] of [
    ['GET', nobody],
    ['DELETE', nobody],
    ['POST', `${nobody}/test`],
    ['POST', `${id}/deliveries/${nobody}/redeliver`],
  ] as const) {
    expect((await admin.send(method, `${root}/${path}`)).status).toBe(404)
  }
  expect((await admin.send('DELETE', `${root}/${id}`)).status).toBe(204)
  expect((await admin.send('GET', root)).body.items).toEqual([])
})

test('422 for an address inside, an unknown event and a secret that is none', async () => {
  const { admin } = await setUp({ withWorker: false, env: { WEBHOOK_ALLOW_PRIVATE: 'false' } })
  const refusals = [
    [{ url: 'http://127.0.0.1:8080/' }, 'unsafe_url'],
    [{ url: 'http://[::ffff:169.254.169.254]/' }, 'unsafe_url'],
    [{ url: 'http://localhost/' }, 'unsafe_url'],
    [{ url: 'https://user:secret@93.184.215.14/' }, 'unsafe_url'],
    [{ url: 'ftp://93.184.215.14/' }, 'validation_failed'],
    [{ events: ['submission.exploded'] }, 'validation_failed'],
    [{ events: [] }, 'validation_failed'],
    [{ secret: 'whsec_c2hvcnQ=' }, 'validation_failed'],
  ] as const
  for (const [part, code] of refusals) {
    const json = { url: 'https://93.184.215.14/', events: ['*'], ...part }
    expect((await admin.send('POST', root, { json })).body).toMatchObject({ status: 422, code })
  }
})
