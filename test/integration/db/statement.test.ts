import { blobs } from '@countersign/db/schema/store'
import { defineStatement, given } from '@countersign/db/statement'
import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { createDatabase } from '../../support/database.ts'

const insert = defineStatement((words) => words.insert(blobs).values(given('hash')))
const find = defineStatement((words) =>
  words
    .select({ hash: blobs.hash })
    .from(blobs)
    .where(eq(blobs.hash, sql.placeholder('hash'))),
)
const [one, other] = ['1'.repeat(64), '2'.repeat(64)]

test('a statement that was written once takes the values of each call', async () => {
  const db = await createDatabase()
  await Promise.all([one, other].map((hash) => insert(db, { hash })))
  expect(await find(db, { hash: one })).toEqual([{ hash: one }])
  expect(await find(db, { hash: other })).toEqual([{ hash: other }])
})

test('it is a step of the transaction that it is given, whoever used it before', async () => {
  const db = await createDatabase()
  const undone = db.transaction(async (tx) => {
    await insert(tx, { hash: one })
    expect(await find(tx, { hash: one })).toHaveLength(1)
    expect(await find(db, { hash: one })).toHaveLength(0)
    tx.rollback()
  })
  await expect(undone).rejects.toThrow()
  expect(await find(db, { hash: one })).toHaveLength(0)
})

test('a value that is missing fails, and sends nothing', async () => {
  const db = await createDatabase()
  await expect(insert(db, {})).rejects.toThrow('hash')
  expect(await db.$count(blobs)).toBe(0)
})
