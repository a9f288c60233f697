import { ServiceError } from '../errors.ts'
import type { EntityLocks } from '../ports.ts'

/** A lock by key, as the queue's engine has it. */
interface Lock {
  withLock<T>(key: string, waitMs: number, work: (signal: AbortSignal) => Promise<T>): Promise<T>
}

/** Entity locks over a lock by key. A wait that is too long is `entity_busy` to the caller. */
export function createEntityLocks(lock: Lock, waitMs: number): EntityLocks {
  return {
    async withEntity(entityId, work) {
      try {
        return await lock.withLock(`entity:${entityId}`, waitMs, work)
      } catch (cause) {
        if (cause instanceof Error && cause.name === 'LockTimeout') {
          throw new ServiceError('entity_busy', { cause })
        }
        throw cause
      }
    },
  }
}
