import type { SettingRepository } from '@countersign/core/repositories'
import { eq, sql } from 'drizzle-orm'
import type { Connection } from '../connection.ts'
import { settings } from '../schema/operations.ts'

export function createSettingRepository(db: Connection): SettingRepository {
  return {
    async read(key) {
      const [row] = await db
        .select({ value: settings.value })
        .from(settings)
        .where(eq(settings.key, key))
      return row?.value
    },

    async forget(key) {
      await db.delete(settings).where(eq(settings.key, key))
    },

    async write(key, value, updatedBy) {
      await db
        .insert(settings)
        .values({ key, value, updatedBy })
        .onConflictDoUpdate({
          target: settings.key,
          set: { value, updatedBy, updatedAt: sql`now()` },
        })
    },
  }
}
