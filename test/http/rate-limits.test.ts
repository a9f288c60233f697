import { describe, expect, test } from 'vitest'
import { startService } from '../support/start-service.ts'

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
