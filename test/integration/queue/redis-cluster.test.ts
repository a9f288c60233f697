import { loadConfig } from '@countersign/runtime/config'
import { ConfigurationError } from '@countersign/runtime/configuration-error'
import { expect, onTestFinished, test } from 'vitest'
import { aSkill, zip } from '../../support/bundles.ts'
import { createFolder } from '../../support/create-folder.ts'
import { startRedisCluster } from '../../support/redis-cluster.ts'
import { startService } from '../../support/start-service.ts'

test('on a cluster of three masters, reviews are handed out, edits wait their turn and requests are counted', async () => {
  const dir = await createFolder()
  const cluster = await startRedisCluster(dir)
  onTestFinished(() => cluster.stop())
  const service = await startService({
    env: { REDIS_URL: cluster.url, RATE_LIMIT_PER_MINUTE: '1000' },
  })
  const ada = await service.asSomebody()
  const sent = await Promise.all(
    Array.from({ length: 6 }, (_, nth) => ada.submit(aSkill({ name: `skill-${nth}` }))),
  )
  for (const { body } of sent) {
    const { status } = await service.untilSettled(ada, body.submission.id)
    expect(status).toBe('approved')
  }

  const file = { bytes: await zip(aSkill({ note: 'edited' })), fileName: 'bundle.zip' }
  const edits = sent.flatMap(({ body }) => [body.id, body.id])
  const answers = await Promise.all(
    edits.map((id) => ada.send('PUT', `/api/store/entities/${id}`, { form: { file } })),
  )
  const codes = answers.map(({ status, body }) => body.code ?? status).sort()
  expect(codes.filter((code) => code === 200).length).toBeGreaterThanOrEqual(6)
  expect(codes.filter((code) => code !== 200 && code !== 'prior_version_pending')).toEqual([])
})

test('a list of which one is no Redis stops the boot, and the key is named', () => {
  const load = () => loadConfig({ REDIS_URL: 'redis://one:6379,http://two:6379' })
  expect(load).toThrow(ConfigurationError)
  expect(load).toThrow('REDIS_URL')
})
