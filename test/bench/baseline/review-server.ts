import { randomUUID } from 'node:crypto'
import { Queue, Worker } from 'bullmq'
import fastify from 'fastify'
import { Redis } from 'ioredis'
import postgres from 'postgres'

// The least that a review could be: one job, one call of the model, one transaction that swaps the
// status and writes the record. It reads no bundle and checks no answer. One round at a time is
// measured from its first verdict to its last, as the service's are.

const { DATABASE_URL = '', REDIS_URL = '', MODEL_URL = '', CONCURRENCY = '8' } = process.env
const sql = postgres(DATABASE_URL, { max: 10 })
const connect = () => new Redis(REDIS_URL, { maxRetriesPerRequest: null })
await sql`create table if not exists bare_reviews (id uuid primary key, status text, revision int)`
const queue = new Queue('bare-reviews', { connection: connect() })

let body = '{}'
let settled: number[] = []
new Worker(
  'bare-reviews',
  async ({ data: { id } }: { data: { id: string } }) => {
    const answer = await fetch(`${MODEL_URL}/v1/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer sk-bench' },
      body,
    })
    await answer.json()
    if (!answer.ok) throw new Error(`The model answered ${answer.status}.`)
    await swap(id)
    settled.push(performance.now())
  },
  { connection: connect(), concurrency: Number(CONCURRENCY) },
)

const app = fastify({ bodyLimit: 10 << 20 })
app.post('/round', async (request) => {
  const { count, prompt } = request.body as { count: number; prompt: unknown }
  body = JSON.stringify(prompt)
  settled = []
  const ids = Array.from({ length: count }, () => randomUUID())
  await sql`insert into bare_reviews ${sql(ids.map((id) => ({ id, status: 'due', revision: 1 })))}`
  await queue.addBulk(
    ids.map((id) => ({
      name: 'review',
      data: { id },
      opts: { jobId: `${id}-1`, removeOnComplete: true },
    })),
  )
  while (settled.length < count) await new Promise((resolve) => setTimeout(resolve, 5))
  const [first = 0, last = 0] = [settled[0], settled.at(-1)]
  return { perSecond: (count - 1) / ((last - first) / 1000) }
})
const url = await app.listen({ port: 0, host: '127.0.0.1' })
process.stdout.write(`listens on ${url}\n`)

async function swap(id: string): Promise<void> {
  const resource = `submission:${id}`
  await sql.begin((tx) => [
    tx`update bare_reviews set status = 'approved', revision = revision + 1 where id = ${id} and revision = 1`,
    tx`insert into audit_entries (id, actor_id, actor_kind, action, resource)
      values (${randomUUID()}, 'system', 'system', 'store.submission.approved', ${resource})`,
    tx`insert into events (id, type, data) values (${randomUUID()}, 'submission.approved', ${sql.json({ id })})`,
  ])
}
