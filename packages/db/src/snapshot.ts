import type { Database } from './client.ts'
import type { Connection } from './connection.ts'

/**
 * Reads with several statements what was so at one moment: without it, a change that is committed
 * between two of them is in the one, and not in the other.
 */
export function readSnapshot<T>(
  db: Database,
  read: (snapshot: Connection) => Promise<T>,
): Promise<T> {
  return db.transaction(read, { isolationLevel: 'repeatable read', accessMode: 'read only' })
}
