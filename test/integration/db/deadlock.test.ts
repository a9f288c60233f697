import { explainOutage } from '@countersign/api/plugins/explain-outage'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { createDatabase } from '../../support/database.ts'

test('of two changes that wait for each other one succeeds, and the other is told to come again', async () => {
  const db = await createDatabase()
  await db.execute(sql`create table pairs (id int primary key, n int)`)
  await db.execute(sql`insert into pairs values (1, 0), (2, 0)`)
  const both = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const
  const change = (mine: 0 | 1) =>
    db.transaction(async (tx) => {
      await tx.execute(sql`update pairs set n = n + 1 where id = ${mine + 1}`)
      both[mine].resolve()
      await Promise.all(both.map(({ promise }) => promise))
      await tx.execute(sql`update pairs set n = n + 1 where id = ${2 - mine}`)
    })
  const ended = await Promise.allSettled([change(0), change(1)])
  const failures = ended.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []))
  expect(failures.map((error) => explainOutage(error)?.code)).toEqual(['unavailable'])
  expect(await db.execute(sql`select n from pairs`)).toMatchObject([{ n: 1 }, { n: 1 }])
})
