import type { Telemetry } from 'bullmq'
import type { EntityLock } from './locks/entity-lock.ts'
import { createPostgresEntityLock } from './locks/postgres-entity-lock.ts'
import { createRedisEntityLock } from './locks/redis-entity-lock.ts'
import { createPostgresBackend } from './postgres-backend.ts'
import type { QueueBackend } from './queue-backend.ts'
import { createRedisBackend } from './redis-backend.ts'

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
  isTraced = false,
}: {
  redisUrl: string | undefined
  databaseUrl: string
  onError(error: Error): void
  /** Whether deliveries carry the trace of who queued them. */
  isTraced?: boolean
}): Promise<Queueing> {
  const telemetry = isTraced ? await loadTelemetry() : undefined
  const backend = redisUrl
    ? createRedisBackend(redisUrl, { telemetry })
    : await createPostgresBackend(databaseUrl, { telemetry })
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

async function loadTelemetry(): Promise<Telemetry> {
  const { BullMQOtel } = await import('bullmq-otel')
  return new BullMQOtel({ tracerName: 'countersign' })
}
