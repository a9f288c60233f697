import { expect, test } from 'vitest'
import { startService } from '../../support/start-service.ts'

test('the tallies say what counting says, whatever became of submissions and entities', async () => {
  const service = await startService({ withWorker: false })
  const [admin, person] = [await service.asAdmin(), await service.asSomebody()]
  const { $client: sql } = service.db
  const counted = async (query = '') => {
    const { body } = await admin.send('GET', `/api/admin/store/submissions?limit=1${query}`)
    return body.counts
  }
  const entities: string[] = []
  for (const name of ['first', 'second', 'third', 'fourth']) {
    const { body } = await person.submit(undefined, { name })
    entities.push(body.id)
  }
  expect(await counted()).toEqual({ pending_llm: 4 })
  const [first, second, third, fourth] = entities

  await sql`update submissions set status = 'blocked_llm', due_at = null, decided_at = now()
    where entity_id = ${first ?? ''}`
  await sql`update entities set visibility_status = 'archived' where id = ${second ?? ''}`
  await sql`delete from slug_claims where entity_id = ${third ?? ''}`
  await sql`delete from entities where id = ${third ?? ''}`
  expect(await counted()).toEqual({ blocked_llm: 1, pending_llm: 1 })
  expect(await counted('&archived=true')).toEqual({ blocked_llm: 1, pending_llm: 2 })
  expect(await counted('&type=plugin')).toEqual({})

  await service.db.$client`select fold_submission_tallies()`
  const [rows] = await sql<{ n: number }[]>`select count(*)::int as n from submission_tallies`
  expect(rows?.n).toBe(3)
  expect(await counted('&archived=true')).toEqual({ blocked_llm: 1, pending_llm: 2 })
  await sql`update entities set visibility_status = 'pending' where id = ${second ?? ''}`
  await sql`update submissions set status = 'withdrawn', due_at = null, decided_at = now()
    where entity_id = ${fourth ?? ''}`
  expect(await counted()).toEqual({ blocked_llm: 1, pending_llm: 1, withdrawn: 1 })
})

test('changes of submissions do not wait for each other because of the tallies, nor for a fold', async () => {
  const service = await startService({ withWorker: false })
  const person = await service.asSomebody()
  for (const name of ['one', 'two']) await person.submit(undefined, { name })
  const { $client: sql } = service.db
  const ids = await sql<{ id: string }[]>`select id from submissions order by id`
  await sql.begin(async (held) => {
    await held`update submissions set status = 'withdrawn', due_at = null, decided_at = now()
      where id = ${ids[0]?.id ?? ''}`
    await sql`set statement_timeout = '5s'`
    await sql`update submissions set status = 'withdrawn', due_at = null, decided_at = now()
      where id = ${ids[1]?.id ?? ''}`
    await sql`select fold_submission_tallies()`
  })
  const totals = await sql<{ status: string; n: number }[]>`
    select status, sum(n)::int as n from submission_tallies group by 1 having sum(n) <> 0`
  expect([...totals]).toEqual([{ status: 'withdrawn', n: 2 }])
})
