import { once } from 'node:events'
import { type AddressInfo, createConnection, createServer } from 'node:net'
import { connect } from '@countersign/db/client'
import { createTransact } from '@countersign/db/store'
import { expect, onTestFinished, test } from 'vitest'
import { createDatabase } from '../../support/database.ts'

test('a transaction whose line died between two of its steps fails, and takes its later steps with it', async () => {
  const { url, $client: sql } = await createDatabase()
  const { transact, count } = openPool(url)
  const late = Promise.withResolvers<string>()
  const lost: Promise<unknown> = transact(async ({ settings }) => {
    await settings.write('first', 1, null)
    const isOver = lost.catch(() => {})
    await sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`
    await isOver
    // The pool connects anew; what comes late must not run there.
    expect(await count()).toBe(0)
    const step = settings.write('second', 2, null)
    late.resolve(
      step.then(
        () => 'written',
        ({ cause }) => cause.message,
      ),
    )
  })
  await expect(lost).rejects.toThrow('CONNECTION_CLOSED')
  expect(await late.promise).toBe('The transaction is over.')
  expect(await count()).toBe(0)
})

test('a line that dies under a statement leaves nothing for the next one to stumble over', async () => {
  const { url } = await createDatabase()
  const { pool, count } = openPool(url)
  for (let round = 0; round < 20; round += 1) {
    const lost = pool.$client.begin((tx) => tx`select pg_terminate_backend(pg_backend_pid())`)
    await expect(lost).rejects.toThrow()
    // What is asked before the death was noticed fails, but nothing waits for an answer forever.
    await expect.poll(count).toBe(0)
  }
})

test('a commit that is cut off before it is one gives its line back, and leaves nothing written', async () => {
  const { url } = await createDatabase()
  const { transact, count } = openPool(await garbleCommits(url))
  const cutOff: Promise<unknown> = transact(({ settings }) => settings.write('first', 1, null))
  await expect(cutOff).rejects.toThrow()
  expect(await count()).toBe(0)
})

/** The address of a line to the database over which no commit is understood. */
async function garbleCommits(address: string): Promise<string> {
  const url = new URL(address)
  const { port, hostname } = url
  const server = createServer((client) => {
    const upstream = createConnection(Number(port), hostname)
    client.on('data', (bytes) => {
      upstream.write(Buffer.from(bytes.toString('latin1').replaceAll('commit', 'commix'), 'latin1'))
    })
    upstream.pipe(client)
    for (const end of [client, upstream]) end.on('error', () => {})
    client.on('close', () => upstream.destroy())
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  url.port = String((server.address() as AddressInfo).port)
  return url.href
}

/** A pool of one line, which counts what was written over it. */
function openPool(url: string) {
  const pool = connect(url, { max: 1 })
  onTestFinished(() => pool.$client.end({ timeout: 1 }))
  return {
    pool,
    transact: createTransact(pool),
    count: async () => (await pool.$client`select 1 from settings`).length,
  }
}
