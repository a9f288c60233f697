import { loadConfig } from '@countersign/runtime/config'
import { Redis } from 'ioredis'
import { expect, onTestFinished, test } from 'vitest'
import { aSkill, zip } from '../../support/bundles.ts'
import { createFolder } from '../../support/create-folder.ts'
import { startRedisWithSentinel } from '../../support/redis-sentinel.ts'
import { startService } from '../../support/start-service.ts'

test('when the master of a Sentinel dies, its replica takes over, and no submission is lost or refused', async () => {
  const dir = await createFolder()
  const redis = await startRedisWithSentinel(dir)
  onTestFinished(() => redis.stop())
  const service = await startService({ env: { REDIS_URL: redis.url } })
  const ada = await service.asSomebody()
  const before = await ada.submit(aSkill({ name: 'before' }))
  expect((await service.untilSettled(ada, before.body.submission.id)).status).toBe('approved')

  const waiting = await ada.submit(aSkill({ name: 'waiting' }))
  await redis.loseMaster()
  const during = await ada.submit(aSkill({ name: 'during' }))
  expect([waiting.status, during.status]).toEqual([201, 201])
  for (const { body } of [waiting, during]) {
    expect((await service.untilSettled(ada, body.submission.id)).status).toBe('approved')
  }
  const file = { bytes: await zip(aSkill({ name: 'before', note: 'edited' })), fileName: 'b.zip' }
  const edited = await ada.send('PUT', `/api/store/entities/${before.body.id}`, { form: { file } })
  expect(edited.status).toBe(200)

  const promoted = new Redis(redis.replicaUrl)
  expect(await promoted.info('replication')).toContain('role:master')
  promoted.disconnect()
})

test('a Sentinel that is asked for no master by name stops the boot, and the key is named', () => {
  const load = (url: string) => () => loadConfig({ REDIS_URL: url })
  expect(load('redis+sentinel://one:26379')).toThrow('REDIS_URL')
  expect(load('redis+sentinel://one:26379/')).toThrow('REDIS_URL')
  expect(load('rediss+sentinel://one:26379/shop/2')).not.toThrow()
})
