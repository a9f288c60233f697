import { expect, onTestFinished, test } from 'vitest'
import { createDatabase } from '../../support/database.ts'
import { startPgBouncer } from '../../support/pgbouncer.ts'
import { startService } from '../../support/start-service.ts'

test('behind a PgBouncer that shares connections between transactions, everything works', async () => {
  const db = await createDatabase()
  const bouncer = await startPgBouncer(db.url)
  onTestFinished(() => bouncer.stop())
  const service = await startService({
    engine: 'redis',
    env: { DATABASE_URL: bouncer.url, DATABASE_PREPARE: 'false' },
  })
  const people = await Promise.all([service.asSomebody(), service.asSomebody()])
  const sent = await Promise.all(people.map((person) => person.submit()))
  for (const [nth, { body }] of sent.entries()) {
    const person = people[nth]
    if (!person) continue
    const { status } = await service.untilSettled(person, body.submission.id)
    expect(status).toBe('approved')
    const path = `/api/store/entities/${body.id}`
    expect((await person.send('POST', `${path}/install`)).status).toBe(200)
    expect((await person.send('DELETE', path)).status).toBe(204)
  }
  const admin = await service.asAdmin()
  const verify = async () => (await admin.send('GET', '/api/admin/audit/verify')).body
  await expect.poll(verify).toMatchObject({ ok: true, unsealed: 0 })
  const [{ pooled } = {}] = await db.$client`
    select count(*)::int as pooled from pg_stat_activity where datname = current_database()`
  expect(pooled).toBeLessThanOrEqual(4 + 10)
})
