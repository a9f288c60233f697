import type { WorkerRepository } from '@countersign/core/operations/repositories'
import { eq, sql } from 'drizzle-orm'
import type { Connection } from '../connection.ts'
import { workers } from '../schema/operations.ts'

export function createWorkerRepository(db: Connection): WorkerRepository {
  return {
    async beat({ active, ...worker }) {
      await db
        .insert(workers)
        .values({ ...worker, active })
        .onConflictDoUpdate({ target: workers.id, set: { active, seenAt: sql`clock_timestamp()` } })
    },

    async leave(id) {
      await db.delete(workers).where(eq(workers.id, id))
    },
  }
}
