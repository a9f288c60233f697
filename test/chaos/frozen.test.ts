import { approve, slow } from '@countersign/demo/model-replies'
import { Redis } from 'ioredis'
import { expect, test } from 'vitest'
import { openShop } from '../support/chaos/kill-at-steps.ts'
import { listBreaches } from '../support/chaos/list-breaches.ts'
import { startFleet, submitAny } from '../support/chaos/start-fleet.ts'
import { claimRedis } from '../support/start-service.ts'

test('a worker that froze for longer than its lease finds its review done, and changes nothing', async () => {
  const fleet = await startFleet({ env: { REDIS_URL: await claimRedis() } })
  const { ada, settle } = await openShop(fleet)
  const frozen = await fleet.start(['worker'])
  // The last step before it writes. Earlier it may see for itself that its lease is gone, and say nothing.
  frozen.arm({ step: 'after verdicts.recordCall', signal: 'SIGSTOP' })
  const { body } = await submitAny(ada)
  await expect.poll(() => frozen.steps.has('after reviewer.ask')).toBe(true)
  await fleet.start(['worker'])
  await settle()

  frozen.signal('SIGCONT')
  const records = () => fleet.db.$client`
    select action from audit_entries where resource = ${`submission:${body.submission.id}`}
    and action in ('store.submission.approved', 'store.submission.bg_verdict_skipped')
    order by id`
  await expect.poll(records).toHaveLength(2)
  expect((await records()).map(({ action }) => action.split('.').at(-1))).toEqual([
    'approved',
    'bg_verdict_skipped',
  ])
  expect(await listBreaches(fleet.db)).toEqual([])
})

test('a Redis that forgets everything while reviews wait costs none of them', async () => {
  const url = await claimRedis()
  const fleet = await startFleet({ env: { REDIS_URL: url }, script: slow(300, approve()) })
  const { ada, settle } = await openShop(fleet)
  await fleet.start(['worker'], { WORKER_CONCURRENCY: '2' })
  await Promise.all(Array.from({ length: 12 }, () => submitAny(ada)))
  const redis = new Redis(url)
  await redis.flushdb()
  redis.disconnect()
  await settle()
  expect(await listBreaches(fleet.db)).toEqual([])
})
