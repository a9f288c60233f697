import { createStore } from '@countersign/db/store'
import { expect, test } from 'vitest'
import { createDatabase } from '../../support/database.ts'

/** An id of a process whose clock is an hour ahead, and one of a process whose clock is right. */
const [ahead, right] = [
  '01a20104-cc76-70ee-9513-c43bde1d0371',
  '01a200cd-dd76-70ee-9513-c43bde1d0371',
] as const

async function setUp() {
  const db = await createDatabase()
  return { db, store: createStore(db) }
}

test('events are told in the order in which they were written, whatever the clocks of their writers', async () => {
  const { db, store } = await setUp()
  for (const id of [ahead, right]) {
    await db.$client`insert into events (id, type, data) values (${id}, 'entity.promoted', '{}')`
  }
  await store.events.sequence(10)
  const told = await db.$client`select id from events order by seq`
  expect(told.map(({ id }) => id)).toEqual([ahead, right])
})

test('what was written before there were positions comes first, by its ids', async () => {
  const { db, store } = await setUp()
  const [late, early] = ['01a20104-cc76-70ee-9513-c43bde1d0372', right]
  for (const [id, position] of [
    [ahead, 1],
    [late, null],
    [early, null],
  ] as const) {
    await db.$client`insert into events (id, type, data, position)
      values (${id}, 'entity.promoted', '{}', ${position})`
  }
  await store.events.sequence(10)
  const told = await db.$client`select id from events order by seq`
  expect(told.map(({ id }) => id)).toEqual([early, late, ahead])
})
