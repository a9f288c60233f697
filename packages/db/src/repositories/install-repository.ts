import type { InstallRepository } from '@countersign/core/repositories'
import { and, eq } from 'drizzle-orm'
import type { Connection } from '../connection.ts'
import { installs } from '../schema/store.ts'

export function createInstallRepository(db: Connection): InstallRepository {
  return {
    async insert(principalId, entityId) {
      const rows = await db
        .insert(installs)
        .values({ principalId, entityId })
        .onConflictDoNothing()
        .returning({ entityId: installs.entityId })
      return rows.length > 0
    },

    async delete(principalId, entityId) {
      const rows = await db
        .delete(installs)
        .where(and(eq(installs.principalId, principalId), eq(installs.entityId, entityId)))
        .returning({ entityId: installs.entityId })
      return rows.length > 0
    },
  }
}
