import {
  createPostgresBackend as createBackend,
  Queue,
  runMigrations,
  type Telemetry,
  Worker,
} from 'bullmq'
import { createPool } from './postgres-pool.ts'
import { deliveryLock, type QueueBackend } from './queue-backend.ts'

/** Hands out work through PostgreSQL, in a schema of its own. For where there is no Redis. */
export async function createPostgresBackend(
  url: string,
  { poolMax = 4, telemetry }: { poolMax?: number; telemetry?: Telemetry | undefined } = {},
): Promise<QueueBackend> {
  const pool = createPool(url, { max: poolMax })
  const client = await pool.connect()
  try {
    await runMigrations(client)
  } finally {
    client.release()
  }
  const connection = { connectionString: url, max: poolMax, skipMigrations: true }
  const traced = telemetry ? { telemetry } : {}

  return {
    engine: 'postgres',

    createQueue(name, { onError }) {
      const queue = new Queue(name, { connection, ...traced }, createBackend)
      queue.on('error', onError)
      return queue
    },

    createConsumer(name, run, { concurrency, onError }) {
      const process = (
        delivery: Parameters<typeof run>[0],
        _token?: string,
        signal?: AbortSignal,
      ) => run(delivery, signal ?? new AbortController().signal)
      const options = { connection, concurrency, ...deliveryLock, ...traced }
      const worker = new Worker(name, process, options, createBackend)
      worker.on('error', onError)
      return worker
    },

    async ping() {
      await pool.query('select 1')
    },

    async close() {
      await pool.end()
    },
  }
}
