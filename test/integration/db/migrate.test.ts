import { randomUUID } from 'node:crypto'
import { connect } from '@countersign/db/client'
import { migrate } from '@countersign/db/migrate'
import { expect, inject, onTestFinished, test } from 'vitest'

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
