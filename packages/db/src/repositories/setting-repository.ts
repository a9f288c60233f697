import type { SettingRepository } from '@countersign/core/operations/repositories'
import { eq, inArray, sql } from 'drizzle-orm'
import { hence } from '../clock.ts'
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

    async readAll(keys) {
      const rows = await db
        .select({ key: settings.key, value: settings.value })
        .from(settings)
        .where(inArray(settings.key, [...keys]))
      return new Map(rows.map(({ key, value }) => [key, value]))
    },

    async forget(key) {
      await db.delete(settings).where(eq(settings.key, key))
    },

    async write(key, value, updatedBy) {
      await put(db, key, { value, updatedBy })
    },

    async writeDeadline(key, inMs) {
      const value = sql`to_jsonb(to_char((${hence(inMs)}) at time zone 'UTC', ${iso}))`
      await put(db, key, { value, updatedBy: null })
    },

    async readLeftMs(key) {
      const until = sql`(${settings.value} #>> '{}')::timestamptz`
      const [row] = await db
        .select({ left: sql<string>`extract(epoch from ${until} - clock_timestamp()) * 1000` })
        .from(settings)
        .where(eq(settings.key, key))
      return Math.max(0, Math.ceil(Number(row?.left ?? 0)))
    },
  }
}

const iso = 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'

async function put(
  db: Connection,
  key: string,
  row: { value: unknown; updatedBy: string | null },
): Promise<void> {
  await db
    .insert(settings)
    .values({ key, ...row })
    .onConflictDoUpdate({ target: settings.key, set: { ...row, updatedAt: sql`now()` } })
}
