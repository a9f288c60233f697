import { Queue, type Telemetry, Worker } from 'bullmq'
import { deliveryLock, type QueueBackend } from './queue-backend.ts'
import { createRedisClient, type RedisClient } from './redis-client.ts'

/** Hands out work through Redis. The prefix has a hash tag, so that a cluster keeps a queue together. */
export function createRedisBackend(
  url: string,
  {
    prefix = '{countersign}',
    telemetry,
  }: { prefix?: string; telemetry?: Telemetry | undefined } = {},
): QueueBackend {
  const traced = telemetry ? { telemetry } : {}
  const clients: RedisClient[] = []
  const connect = (options: { failFast: boolean; onError(error: Error): void }) => {
    const client = createRedisClient(url, options)
    client.on('error', options.onError)
    clients.push(client)
    return client
  }

  return {
    engine: 'redis',

    createQueue(name, options) {
      const queue = new Queue(name, { connection: connect(options), prefix, ...traced })
      queue.on('error', options.onError)
      return queue
    },

    createConsumer(name, run, { concurrency, onError }) {
      const connection = connect({ failFast: false, onError })
      const process = (
        delivery: Parameters<typeof run>[0],
        _token?: string,
        signal?: AbortSignal,
      ) => run(delivery, signal ?? new AbortController().signal)
      const settings = { connection, prefix, concurrency, ...deliveryLock, ...traced }
      const worker = new Worker(name, process, settings)
      worker.on('error', onError)
      return worker
    },

    async ping() {
      const client = clients[0] ?? connect({ failFast: true, onError: () => {} })
      await client.ping()
    },

    async close() {
      for (const client of clients) client.disconnect()
    },
  }
}
