import type { ApprovalReads } from '@countersign/core/approvals/reads'
import type { TurnStatus } from '@countersign/core/approvals/sessions/turn'
import { isAdmin } from '@countersign/core/identity/caller'
import { and, asc, desc, eq, getTableColumns, sql } from 'drizzle-orm'
import type { Connection } from '../../connection.ts'
import { storedColumns } from '../../repositories/approvals/session-repository.ts'
import { sessions, turns } from '../../schema/approvals.ts'
import { behind, byId, toPage } from '../paging.ts'

/** A turn waits while a question that came out of it is open. Names are whole, for those inside. */
const seenStatus = sql<TurnStatus>`case
  when ${turns.status} = 'running' and exists (
    select 1 from approvals where approvals.turn_id = turns.id
      and approvals.status = 'pending' and approvals.expires_at > clock_timestamp()
  ) then 'waiting_approval' else ${turns.status} end`

export function createSessionReads(
  db: Connection,
): Pick<ApprovalReads, 'listSessions' | 'listTurns'> {
  return {
    async listSessions(viewer, page) {
      const isTheirs = isAdmin(viewer) ? undefined : eq(sessions.personId, viewer.personId)
      const rows = await db
        .select(storedColumns)
        .from(sessions)
        .where(and(isTheirs, behind(sessions.id, page)))
        .orderBy(desc(sessions.id))
        .limit(page.limit + 1)
      return toPage(rows, page, byId)
    },

    async listTurns(sessionId) {
      return db
        .select({ ...getTableColumns(turns), status: seenStatus })
        .from(turns)
        .where(eq(turns.sessionId, sessionId))
        .orderBy(asc(turns.n))
    },
  }
}
