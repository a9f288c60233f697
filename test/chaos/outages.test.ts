import { expect, test } from 'vitest'
import { check } from '../support/approvals.ts'
import { limitFiles } from '../support/chaos/limit-files.ts'
import { listBreaches } from '../support/chaos/list-breaches.ts'
import { submitAny } from '../support/chaos/start-fleet.ts'
import { startStormyFleet } from '../support/chaos/start-stormy-fleet.ts'

test('a database, a Redis or a disk that is away is told as that, and costs nothing once it is back', async () => {
  const fleet = await startStormyFleet()
  const api = await fleet.start('api')
  await fleet.start('worker')
  const callers = fleet.callersOf(api)
  const ada = await callers.asSomebody()
  const statusOf = async (path: string) => (await callers.send('GET', path)).status
  const untilReady = () => expect.poll(() => statusOf('/health/ready')).toBe(200)
  const kept: string[] = []
  const submit = async () => {
    const { status, body } = await submitAny(ada)
    if (status === 201) kept.push(body.submission.id)
    return status
  }

  // No room: nothing is half stored, and there is room again without a restart.
  expect(limitFiles(api.pid, '1000')).toBe(0)
  const refused = await submitAny(ada)
  expect(refused).toMatchObject({ status: 503, body: { code: 'unavailable' } })
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(limitFiles(api.pid, 'unlimited')).toBe(0)
  expect(await submit()).toBe(201)

  // No database: a passing 503, but from the gate a refusal like any other of its failures.
  fleet.links['API to PostgreSQL'].cut()
  expect(await submitAny(ada)).toMatchObject({ status: 503, body: { code: 'unavailable' } })
  expect(await check(ada, 'delete_data')).toMatchObject({
    status: 500,
    body: { code: 'gate_failed', detail: 'approval gate failed' },
  })
  expect([await statusOf('/health'), await statusOf('/health/ready')]).toEqual([200, 503])
  fleet.links['API to PostgreSQL'].heal()
  await untilReady()
  expect(await submit()).toBe(201)

  // No Redis: submissions are taken all the same, and reviewed when it is back.
  fleet.links['API to Redis'].cut()
  fleet.links['worker to Redis'].cut()
  await expect.poll(() => statusOf('/health/ready')).toBe(503)
  expect((await ada.send('GET', '/api/store/entities')).status).toBe(200)
  fleet.links['API to Redis'].heal()
  fleet.links['worker to Redis'].heal()
  await untilReady()
  expect(await submit()).toBe(201)
  for (const id of kept) expect((await callers.untilSettled(ada, id)).status).toBe('approved')
  expect(await listBreaches(fleet.openDatabase())).toEqual([])
})
