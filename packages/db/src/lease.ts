import { type Id, newId } from '@countersign/core/ids'
import { and, asc, eq, type SQL } from 'drizzle-orm'
import type { AnyPgColumn, PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { hence, isPast } from './clock.ts'
import type { Connection } from './connection.ts'

/** What stands in a row whose work is tried until it is done, by one worker at a time. */
interface Tried {
  id: AnyPgColumn<{ data: Id; notNull: true }>
  attempts: AnyPgColumn<{ data: number; notNull: true }>
  leaseId: PgColumn
  dueAt: PgColumn
}

/** The rows whose time has come and of which `isWanted` is true, the longest due first. */
export async function listDue(db: Connection, row: PgTable & Tried, limit: number, isWanted?: SQL) {
  return db
    .select({ id: row.id, attempt: row.attempts })
    .from(row)
    .where(and(isPast(row.dueAt), isWanted))
    .orderBy(asc(row.dueAt))
    .limit(limit)
}

/** The next attempt at a row: how it is taken, and by whom alone. It is due again when the lease ends. */
export function takeLease(
  row: Tried,
  { id, attempt }: { id: Id; attempt: number },
  leaseMs: number,
) {
  const leaseId = newId()
  return {
    leaseId,
    changes: { leaseId, attempts: attempt + 1, dueAt: hence(leaseMs) },
    isFree: and(eq(row.id, id), eq(row.attempts, attempt), isPast(row.dueAt)),
  }
}

/** Whether a row is still in the hands of whoever says so. */
export function isHeldBy(
  row: Pick<Tried, 'id' | 'leaseId'>,
  { id, leaseId }: { id: Id; leaseId: Id },
) {
  return and(eq(row.id, id), eq(row.leaseId, leaseId))
}

/** Gives a row back, to be due again if it still waits. */
export function giveBack(status: string, dueInMs = 0) {
  return { leaseId: null, dueAt: status === 'pending' ? hence(dueInMs) : null }
}
