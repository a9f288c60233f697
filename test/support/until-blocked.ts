import type { Database } from '@countersign/db/client'
import { expect } from 'vitest'

/** Waits until a statement on this database waits for a lock. Other databases of the server are others' business. */
export async function untilBlocked({ $client: sql }: Pick<Database, '$client'>): Promise<void> {
  const waiting = () => sql`
    select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
  await expect.poll(waiting, { timeout: 60_000 }).not.toHaveLength(0)
}
