import type { EntityLock } from './entity-lock.ts'
import { createPostgresBackend } from './postgres-backend.ts'
import { createPostgresEntityLock } from './postgres-entity-lock.ts'
import type { QueueBackend } from './queue-backend.ts'
import { createRedisBackend } from './redis-backend.ts'
import { createRedisEntityLock } from './redis-entity-lock.ts'

export interface Queueing {
  backend: QueueBackend
  lock: EntityLock
  close(): Promise<void>
}

/** The queue and the locks: on Redis where there is one, else on PostgreSQL. */
export async function openQueueing({
  redisUrl,
  databaseUrl,
  onError,
}: {
  redisUrl: string | undefined
  databaseUrl: string
  onError(error: Error): void
}): Promise<Queueing> {
  const backend = redisUrl ? createRedisBackend(redisUrl) : await createPostgresBackend(databaseUrl)
  const lock = redisUrl
    ? createRedisEntityLock(redisUrl, { onError })
    : createPostgresEntityLock(databaseUrl)
  return {
    backend,
    lock,
    async close() {
      await lock.close()
      await backend.close()
    },
  }
}
