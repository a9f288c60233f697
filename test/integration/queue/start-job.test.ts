import { setTimeout as sleep } from 'node:timers/promises'
import { defineJob, type Job, QueueBusy } from '@countersign/queue/define-job'
import { createPostgresBackend } from '@countersign/queue/postgres-backend'
import type { QueueBackend } from '@countersign/queue/queue-backend'
import { createRedisBackend } from '@countersign/queue/redis-backend'
import { startJob } from '@countersign/queue/start-job'
import { Redis } from 'ioredis'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { createDatabase } from '../../support/database.ts'
import { until } from '../../support/until.ts'

type Create = () => Promise<QueueBackend>
const engines: [string, Create][] = [
  [
    'Redis',
    async () => createRedisBackend(inject('redisUrl'), { prefix: `{test-${crypto.randomUUID()}}` }),
  ],
  ['PostgreSQL', async () => createPostgresBackend((await createDatabase()).url)],
]

interface Work {
  /** What is due, and how often it was done. */
  due: Map<string, number>
}

function aJob(overrides: Partial<Job<Work, { id: string }>> = {}): Job<Work, { id: string }> {
  return defineJob({
    name: 'test-job',
    payload: z.object({ id: z.string() }),
    concurrency: 4,
    key: ({ id }) => id,
    listDue: async ({ due }, limit) => [...due.keys()].slice(0, limit).map((id) => ({ id })),
    run: async ({ due }, { id }) => void due.delete(id),
    ...overrides,
  })
}

describe.each(engines)('on %s', (engine, create) => {
  async function start(job: Job<Work, { id: string }>, due: Map<string, number>) {
    const backend = await create()
    const errors: unknown[] = []
    const running = startJob(job, {
      ports: { due },
      backend,
      hooks: { onError: (error) => errors.push(error) },
    })
    onTestFinished(async () => {
      await running.stop(100)
      await backend.close()
    })
    return { running, errors }
  }

  test('what is due is done, and then nothing is', async () => {
    const due = new Map(Array.from({ length: 20 }, (_, nth) => [`work-${nth}`, 0]))
    await start(aJob(), due)
    await until(() => expect(due.size).toBe(0))
  })

  test('no more are in flight in all processes together than the bound says', async () => {
    const due = new Map(Array.from({ length: 12 }, (_, nth) => [`work-${nth}`, 0]))
    const backend = await create()
    let inFlight = 0
    let most = 0
    const job = aJob({
      concurrencyMax: 2,
      async run(work, { id }) {
        inFlight += 1
        most = Math.max(most, inFlight)
        await new Promise((resolve) => setTimeout(resolve, 30))
        inFlight -= 1
        work.due.delete(id)
      },
    })
    const hooks = { onError: () => {} }
    const workers = [1, 2].map(() => startJob(job, { ports: { due }, backend, hooks }))
    onTestFinished(async () => {
      await Promise.all(workers.map((worker) => worker.stop(100)))
      await backend.close()
    })
    await until(() => expect(due.size).toBe(0))
    expect(most).toBe(2)
  })

  test('a pause that one delivery asks for is one for all, and uses up nothing', async () => {
    const due = new Map([['first', 0]])
    const runs: number[] = []
    const job = aJob({
      concurrency: 1,
      async run(work, { id }) {
        runs.push(performance.now())
        if (runs.length === 1) throw new QueueBusy(600)
        work.due.delete(id)
      },
    })
    await start(job, due)
    await until(() => expect(due.size).toBe(0))
    expect((runs[1] ?? 0) - (runs[0] ?? 0)).toBeGreaterThan(500)
  })

  test('a delivery that fails is told to the log, and handed out again while it is due', async () => {
    const due = new Map([['unlucky', 0]])
    let runs = 0
    const job = aJob({
      async run(work, { id }) {
        runs += 1
        if (runs < 2) throw new Error('no luck')
        work.due.delete(id)
      },
    })
    const { errors } = await start(job, due)
    await until(() => expect(due.size).toBe(0))
    expect(errors).toContainEqual(new Error('no luck'))
  })

  test('stopping lets what runs finish, and aborts it when the patience ends', async () => {
    const due = new Map([['long', 0]])
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
    let reason: unknown
    const job = aJob({
      async run(_work, _payload, signal) {
        begin()
        await sleep(30_000, undefined, { signal }).catch(() => {
          reason = signal.reason
        })
      },
    })
    const { running } = await start(job, due)
    await begun
    await running.stop(200)
    expect(reason).toEqual(new Error('shutting down'))
    expect(engine).toBeDefined()
  })
})

test('a flushed Redis is filled again from what is due', async () => {
  const prefix = `{test-${crypto.randomUUID()}}`
  const backend = createRedisBackend(inject('redisUrl'), { prefix })
  const due = new Map(Array.from({ length: 30 }, (_, nth) => [`work-${nth}`, 0]))
  const job = aJob({
    concurrency: 1,
    async run(work, { id }) {
      await sleep(20)
      work.due.delete(id)
    },
  })
  const running = startJob(job, { ports: { due }, backend, hooks: { onError: () => {} } })
  const redis = new Redis(inject('redisUrl'))
  onTestFinished(async () => {
    await running.stop(100)
    await backend.close()
    redis.disconnect()
  })

  await until(() => expect(due.size).toBeLessThan(28))
  // What FLUSHALL does to this queue, without its neighbours in the same Redis.
  await redis.eval(
    "for _, key in ipairs(redis.call('KEYS', ARGV[1])) do redis.call('DEL', key) end",
    0,
    `${prefix.replaceAll(/[{}]/g, '\\$&')}:*`,
  )
  await until(() => expect(due.size).toBe(0))
})
