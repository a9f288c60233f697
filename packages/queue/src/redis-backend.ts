import { Queue, Worker } from 'bullmq'
import { deliveryLock, type QueueBackend } from './queue-backend.ts'
import { createRedisClient, type RedisClient } from './redis-client.ts'

/** Hands out work through Redis. The prefix has a hash tag, so that a cluster keeps a queue together. */
export function createRedisBackend(url: string, prefix = '{countersign}'): QueueBackend {
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
      const queue = new Queue(name, { connection: connect(options), prefix })
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
      const worker = new Worker(name, process, { connection, prefix, concurrency, ...deliveryLock })
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
