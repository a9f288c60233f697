import type { TurnRepository } from '@countersign/core/approvals/repositories'
import { and, eq, sql } from 'drizzle-orm'
import type { Connection } from '../../connection.ts'
import { turns } from '../../schema/approvals.ts'

export function createTurnRepository(db: Connection): TurnRepository {
  return {
    async find(id) {
      const [row] = await db.select().from(turns).where(eq(turns.id, id))
      return row
    },

    async open(turn) {
      const next = sql`(select coalesce(max(n), 0) + 1 from turns
        where session_id = ${turn.sessionId})`
      const [row] = await db
        .insert(turns)
        .values({ ...turn, n: next })
        .onConflictDoNothing()
        .returning()
      return row
    },

    async move(read, status) {
      const isOver = status !== 'running' && status !== 'waiting_approval'
      const [row] = await db
        .update(turns)
        .set({ status, endedAt: isOver ? sql`clock_timestamp()` : null })
        .where(and(eq(turns.id, read.id), eq(turns.status, read.status)))
        .returning()
      return row
    },
  }
}
