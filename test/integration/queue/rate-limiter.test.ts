import { findFreePort } from '@countersign/runtime/free-port'
import { expect, test } from 'vitest'
import { startService } from '../../support/start-service.ts'

test('while Redis is away requests are limited by each process, and answered', async () => {
  const service = await startService({
    withWorker: false,
    env: { REDIS_URL: `redis://127.0.0.1:${await findFreePort()}`, RATE_LIMIT_PER_MINUTE: '3' },
  })
  const admin = await service.asAdmin()
  const statuses: number[] = []
  for (let i = 0; i < 4; i += 1) statuses.push((await admin.send('GET', '/api/me')).status)
  expect(statuses).toEqual([200, 200, 200, 429])
})

test('while Redis is away passwords cannot be guessed without end either', async () => {
  const service = await startService({
    withWorker: false,
    env: { REDIS_URL: `redis://127.0.0.1:${await findFreePort()}` },
  })
  const guess = () =>
    service.send('POST', '/api/auth/token', {
      json: { email: 'admin@localhost', password: 'a guess' },
    })
  const statuses: number[] = []
  for (let i = 0; i < 11; i += 1) statuses.push((await guess()).status)
  expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429])
})
