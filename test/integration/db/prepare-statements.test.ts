import { connect } from '@countersign/db/client'
import { sql } from 'drizzle-orm'
import { expect, inject, test } from 'vitest'
import { createDatabase } from '../../support/database.ts'

/** What the one connection of a client keeps a plan of, apart from this very question. */
async function listPrepared(db: Awaited<ReturnType<typeof connect>>): Promise<string[]> {
  const rows = await db.$client.unsafe<{ statement: string }[]>(
    "select statement from pg_prepared_statements where statement like '%::int as asked%'",
  )
  return rows.map(({ statement }) => statement)
}

test('a statement that is asked again keeps its plan, also in a transaction and a savepoint', async () => {
  const db = connect(inject('databaseServer'), { max: 1 })
  const ask = (on: Pick<typeof db, 'execute'>, n: number) =>
    on.execute(sql`select ${n}::int as asked`)
  await ask(db, 1)
  expect(await listPrepared(db)).toEqual([])
  await db.transaction(async (tx) => {
    await ask(tx, 2)
    expect(await tx.transaction((inner) => ask(inner, 3))).toMatchObject([{ asked: 3 }])
  })
  expect(await listPrepared(db)).toHaveLength(1)
  await db.$client.end()
})

test('nothing keeps its plan where statements are not to be prepared', async () => {
  const db = connect(inject('databaseServer'), { max: 1, prepare: false })
  for (const n of [1, 2, 3]) await db.execute(sql`select ${n}::int as asked`)
  expect(await listPrepared(db)).toEqual([])
  await db.$client.end()
})

test('a plan outlives a migration that adds to what it reads', async () => {
  const db = await createDatabase()
  const read = () => db.execute(sql`select * from settings where key = ${'none'}`)
  for (let times = 0; times < 3; times += 1) await read()
  await db.$client`alter table settings add column later text`
  for (let times = 0; times < 12; times += 1) expect(await read()).toHaveLength(0)
})
