import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findFreePort } from '@countersign/runtime/free-port'
import { expect, test } from 'vitest'
import { aPlugin, aSkill } from '../../support/bundles.ts'
import { entityPath } from '../../support/paths.ts'
import { startService } from '../../support/start-service.ts'
import { until } from '../../support/until.ts'

/** A service whose worker looks at what it serves all the time, with two entities live. */
async function startProbed() {
  const port = await findFreePort()
  const service = await startService({ env: { PORT: String(port), PROBE_INTERVAL_S: '1' } })
  const [admin, person] = [await service.asAdmin(), await service.asSomebody()]
  const entities = [
    (await person.submit(aSkill({ name: 'first-skill' }))).body,
    (await person.submit(aPlugin({ name: 'second-plugin' }), { type: 'plugin' })).body,
  ]
  for (const { submission } of entities) await service.untilSettled(person, submission.id)
  const readDrift = async () => {
    const text = await (await fetch(`${service.url}/metrics`)).text()
    return Number(/^countersign_served_drift (\d+)$/m.exec(text)?.[1] ?? Number.NaN)
  }
  const untilDrift = (count: number) => until(async () => expect(await readDrift()).toBe(count))
  return { service, admin, entities, untilDrift }
}

test('what is served is fetched as a client and compared: bytes that differ are told, once', async () => {
  const { service, admin, entities, untilDrift } = await startProbed()
  await untilDrift(0)
  const [first] = entities
  const blobs = join(service.config.DATA_DIR, 'blobs')
  const [{ hash } = { hash: '' }] = await service.db.$client<{ hash: string }[]>`
    select hash from renditions where entity_id = ${first.id}`
  const file = readdirSync(blobs, { recursive: true, encoding: 'utf8' }).find((path) =>
    path.endsWith(hash),
  )
  const path = join(blobs, file ?? '')
  const bytes = readFileSync(path)
  const damaged = Buffer.from(bytes)
  damaged.writeUInt8(damaged.readUInt8(60) ^ 1, 60)
  writeFileSync(path, damaged, { mode: 0o600 })

  await untilDrift(1)
  writeFileSync(path, bytes)
  await untilDrift(0)
  const { body: audit } = await admin.send('GET', '/api/admin/audit?action=probe.drifted')
  expect(audit.items).toHaveLength(1)
  expect(audit.items[0]).toMatchObject({
    resource: `entity:${first.id}`,
    actor: { kind: 'system' },
  })
  const told = await service.db.$client`select data from events where type = 'entity.drifted'`
  expect(told.map(({ data }) => data)).toEqual([
    expect.objectContaining({ entity_id: first.id, faces: expect.arrayContaining(['bundle']) }),
  ])
})

test('nobody can log in as the probe or make it an admin, and its token ends with the pass', async () => {
  const { service, admin, entities, untilDrift } = await startProbed()
  await untilDrift(0)
  const { $client: sql } = service.db
  const [probe] = await sql<{ id: string; hasPassword: boolean }[]>`
    select id, password_hash is not null as "hasPassword" from principals where handle = 'probe'`
  expect(probe?.hasPassword).toBe(false)
  const json = { email: 'probe@countersign.invalid', password: 'probe-password' }
  expect((await service.send('POST', '/api/auth/token', { json })).status).toBe(401)
  // The first pass may have come before anything was live.
  const installed = () => sql`select from installs where principal_id = ${probe?.id ?? ''}`
  await expect.poll(installed).toHaveLength(2)
  const { body: entity } = await admin.send('GET', entityPath(entities[0].id))
  expect(entity.install_count).toBe(0)
  const { body: people } = await admin.send('GET', '/api/admin/users')
  const handles = people.items.map(({ handle }: { handle: string }) => handle)
  expect(handles).toContain('admin')
  expect(handles).not.toContain('probe')
  await until(async () => {
    const open = await sql`select 1 from tokens
      where principal_id = ${probe?.id ?? ''} and revoked_at is null`
    expect(open).toHaveLength(0)
  })
})
