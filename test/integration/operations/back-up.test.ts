import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { aSkill } from '../../support/bundles.ts'
import { createFolder } from '../../support/create-folder.ts'
import { startDebianPostgres } from '../../support/debian-postgres.ts'
import { claimRedis, type Person, startService } from '../../support/start-service.ts'

type Postgres = Awaited<ReturnType<typeof startDebianPostgres>>

/** A service over a database and blobs that outlive it. */
async function serve({ url }: Postgres, dataDir: string) {
  const cleanUps: (() => Promise<void>)[] = []
  // Redis is never backed up: every start here finds an empty one.
  const env = { DATABASE_URL: url('shop'), DATA_DIR: dataDir, REDIS_URL: await claimRedis() }
  const service = await startService({ env }, (cleanUp) => cleanUps.push(cleanUp))
  let ending: Promise<void> | undefined
  const end = async () => {
    for (const cleanUp of cleanUps.reverse()) await cleanUp()
  }
  const stop = () => {
    ending ??= end()
    return ending
  }
  onTestFinished(stop)
  return { ...service, stop }
}

/** What a person and an auditor get to see. */
async function look({ as, asAdmin }: Awaited<ReturnType<typeof serve>>, ada: Person) {
  const reader = as(ada)
  const served = await reader.send('GET', '/marketplace.zip')
  const { body: audit } = await (await asAdmin()).send('GET', '/api/admin/audit/verify')
  const { body: entities } = await reader.send('GET', '/api/store/entities')
  return { served: Buffer.from(served.bytes), audit, entities: entities.items }
}

test('what was dumped, wiped and restored is served as before, its audit whole, and goes on', async () => {
  const postgres = await startDebianPostgres()
  const dataDir = await createFolder()
  postgres.run('createdb', ['--maintenance-db', postgres.url('postgres'), 'shop'])
  const first = await serve(postgres, dataDir)
  const ada = await first.asSomebody()
  for (const name of ['first', 'second', 'third']) {
    const { body } = await ada.submit(aSkill({ name }))
    expect((await first.untilSettled(ada, body.submission.id)).status).toBe('approved')
    expect((await ada.send('POST', `/api/store/entities/${body.id}/install`)).status).toBe(200)
  }
  await expect.poll(async () => (await look(first, ada)).audit.ok).toBe(true)

  // As docs/operating.md says: the database first, then the blobs, while the service runs.
  const [dump, blobs] = [join(await createFolder(), 'countersign.dump'), await createFolder()]
  const before = await look(first, ada)
  postgres.run('pg_dump', ['--format=custom', `--file=${dump}`, postgres.url('shop')])
  const { body: later } = await ada.submit(aSkill({ name: 'later' }))
  await first.untilSettled(ada, later.submission.id)
  await cp(join(dataDir, 'blobs'), blobs, { recursive: true })
  await first.stop()
  postgres.run('dropdb', ['--maintenance-db', postgres.url('postgres'), '--force', 'shop'])
  await rm(dataDir, { recursive: true })

  postgres.run('createdb', ['--maintenance-db', postgres.url('postgres'), 'shop'])
  postgres.run('pg_restore', [
    '--no-owner',
    '--exit-on-error',
    `--dbname=${postgres.url('shop')}`,
    dump,
  ])
  await cp(blobs, join(dataDir, 'blobs'), { recursive: true })
  const second = await serve(postgres, dataDir)
  const after = await look(second, ada)
  expect(after.audit).toMatchObject({ ok: true })
  expect(after.audit.checked).toBeGreaterThanOrEqual(before.audit.checked)
  expect(after.served.equals(before.served)).toBe(true)
  expect(after.entities).toEqual(before.entities)
  // What was taken after the dump is unknown again, and may come again.
  const again = await second.as(ada).submit(aSkill({ name: 'later' }))
  expect(again.status).toBe(201)
  expect((await second.untilSettled(second.as(ada), again.body.submission.id)).status).toBe(
    'approved',
  )
})
