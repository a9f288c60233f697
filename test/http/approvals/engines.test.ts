import { Redis } from 'ioredis'
import { expect, test } from 'vitest'
import { check, decide, startGate, submit } from '../../support/approvals.ts'

const engines = ['postgres', 'redis'] as const
const atOnce = 400

test.each(
  engines,
)('S4-07 S4-09 one ticket and one execution, however many ask (%s)', async (engine) => {
  const { agent, ada, admin, db } = await startGate({ engine })
  const askAll = () =>
    Promise.all(
      Array.from({ length: atOnce }, (_, n) => check(n % 2 ? agent : ada, 'delete_data', { n: 1 })),
    )
  const asked = await askAll()
  const ids = new Set(asked.map(({ body }) => body.approval_id))
  expect(ids.size).toBe(1)
  const [id = ''] = ids
  const votes = await Promise.all([
    decide(admin, id, 'approve'),
    decide(admin, id, 'deny'),
    decide(admin, id, 'approve'),
  ])
  expect(votes.map(({ status }) => status).sort()).toEqual([200, 409, 409])
  const { body } = await admin.send('GET', `/api/approvals/${id}`)
  const statuses = (await askAll()).map(({ status }) => status)
  expect(statuses.filter((status) => status === 200)).toHaveLength(
    body.status === 'approved' ? 1 : 0,
  )
  expect(await db.$client`select 1 from executions`).toHaveLength(
    body.status === 'approved' ? 1 : 0,
  )
})

test('nothing of a ticket is in Redis: emptied at every step, it changes nothing', async () => {
  const { service, agent, admin } = await startGate({ engine: 'redis', withWorker: true })
  const redis = new Redis(service.config.REDIS_URL ?? '')
  const asked = await check(agent, 'delete_data')
  await redis.flushdb()
  expect((await check(agent, 'delete_data')).body.approval_id).toBe(asked.body.approval_id)
  await decide(admin, asked.body.approval_id)
  await redis.flushdb()
  expect((await check(agent, 'delete_data')).status).toBe(200)
  await redis.flushdb()
  expect((await check(agent, 'delete_data')).status).toBe(202)
  for (let n = 0; n < 10; n += 1) expect((await submit(agent)).status).toBe(202)
  await redis.flushdb()
  expect((await submit(agent)).status).toBe(429)
  redis.disconnect()
})
