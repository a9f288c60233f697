import { sealAudit } from '@countersign/core/audit/seal-audit'
import { verifyAudit } from '@countersign/core/audit/verify-audit'
import { systemActor } from '@countersign/core/identity/caller'
import { createStore, createTransact } from '@countersign/db/store'
import { expect, test } from 'vitest'
import { createDatabase } from '../../support/database.ts'

async function setUp() {
  const db = await createDatabase()
  const store = createStore(db)
  const ports = { store, transact: createTransact(db) }
  const append = (nth: number) =>
    store.audit.append({
      actor: systemActor,
      action: 'store.entity.create',
      resource: `entity:${nth}`,
      params: { nth, ü: 'é\u2028', nested: { b: 1, a: [null, true, 0.1] } },
    })
  return { db, ports, append }
}

test('entries that several processes write and seal at once form one chain without a gap', async () => {
  const { ports, append } = await setUp()
  await Promise.all(Array.from({ length: 200 }, (_, nth) => append(nth)))

  const sealed = await Promise.all(Array.from({ length: 8 }, () => sealAudit(ports)))
  while ((await sealAudit(ports)) > 0);

  expect(sealed.reduce((sum, count) => sum + count)).toBeLessThanOrEqual(200)
  expect(await verifyAudit(ports)).toEqual({ ok: true, checked: 200, brokenAt: null, unsealed: 0 })
})

test('an entry cannot be changed, removed or sealed again', async () => {
  const { db, ports, append } = await setUp()
  await append(1)
  await expect(db.$client`update audit_entries set action = 'x'`).rejects.toThrow('append-only')
  await sealAudit(ports)

  await expect(db.$client`update audit_entries set seq = 2`).rejects.toThrow('append-only')
  await expect(db.$client`delete from audit_entries`).rejects.toThrow('append-only')
  await expect(db.$client`truncate audit_entries`).rejects.toThrow('append-only')
})

test('a superuser who goes behind the trigger is found out', async () => {
  const { db, ports, append } = await setUp()
  for (let nth = 0; nth < 5; nth += 1) await append(nth)
  await sealAudit(ports)

  await db.$client.begin(async (sql) => {
    await sql`alter table audit_entries disable trigger all`
    await sql`update audit_entries set params = '{"nth": 7}' where seq = 3`
    await sql`alter table audit_entries enable trigger all`
  })

  expect(await verifyAudit(ports)).toMatchObject({ ok: false, brokenAt: 3 })
})

test('an entry that is missing is found out', async () => {
  const { db, ports, append } = await setUp()
  for (let nth = 0; nth < 5; nth += 1) await append(nth)
  await sealAudit(ports)

  await db.$client.begin(async (sql) => {
    await sql`alter table audit_entries disable trigger all`
    await sql`delete from audit_entries where seq = 2`
    await sql`alter table audit_entries enable trigger all`
  })

  expect(await verifyAudit(ports)).toMatchObject({ ok: false, brokenAt: 3 })
})
