import { randomUUID } from 'node:crypto'
import { connect } from '@countersign/db/client'
import { migrate } from '@countersign/db/migrate'
import { expect, inject, onTestFinished, test } from 'vitest'
import { createDatabase } from '../../support/database.ts'

test('eight processes that boot at once migrate an empty database once', async () => {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const { $client: server } = connect(inject('databaseServer'), { max: 1 })
  await server`create database ${server(name)}`
  const url = new URL(inject('databaseServer'))
  url.pathname = `/${name}`
  const pools = Array.from({ length: 8 }, () => connect(url.href, { max: 1 }))
  onTestFinished(async () => {
    await Promise.all(pools.map(({ $client }) => $client.end()))
    await server`drop database ${server(name)} with (force)`
    await server.end()
  })

  await Promise.all(pools.map(migrate))

  const { $client: sql } = pools[0] ?? expect.fail('There is no pool.')
  const rows = await sql`select name from migrations order by name`
  expect(rows.length).toBeGreaterThan(0)
  expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length)
})

test('a database that has grants and executions from when they stood in another file keeps them', async () => {
  const db = await createDatabase()
  const { $client: sql } = db
  const columns = () => sql`
    select table_name, column_name, data_type from information_schema.columns
    where table_name in ('grants', 'executions') order by 1, 2`
  const before = await columns()
  const [forgotten] = await sql`
    delete from migrations where name = '0010-executions.sql' returning name`
  await migrate(db)
  expect(await sql`select name from migrations where name = ${forgotten?.name}`).toHaveLength(1)
  expect(before.length).toBeGreaterThan(10)
  expect(await columns()).toEqual(before)
})
