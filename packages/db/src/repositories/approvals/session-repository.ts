import type { SessionChanges, SessionRepository } from '@countersign/core/approvals/repositories'
import type { Session } from '@countersign/core/approvals/sessions/session'
import { eq, getTableColumns, sql } from 'drizzle-orm'
import { hence } from '../../clock.ts'
import type { Connection } from '../../connection.ts'
import { sessions } from '../../schema/approvals.ts'

/** A session, and whether the clock has ended its bypass. */
export const storedColumns = {
  ...getTableColumns(sessions),
  isBypassOver: sql<boolean>`coalesce(${sessions.bypassExpiresAt} <= clock_timestamp(), false)`,
}

export function createSessionRepository(db: Connection): SessionRepository {
  return {
    async find(id) {
      const [row] = await db.select(storedColumns).from(sessions).where(eq(sessions.id, id))
      return row
    },

    async lock(id) {
      const [row] = await db
        .select(storedColumns)
        .from(sessions)
        .where(eq(sessions.id, id))
        .for('update')
      return row
    },

    async insert({ bypassExpiresAt, ...session }, bypassTtlS) {
      const deadline = bypassTtlS === null ? bypassExpiresAt : hence(bypassTtlS * 1000)
      const [row] = await db
        .insert(sessions)
        .values({ ...session, bypassExpiresAt: deadline })
        .returning()
      return present(row)
    },

    async update(id, changes) {
      const [row] = await db
        .update(sessions)
        .set(toColumns(changes))
        .where(eq(sessions.id, id))
        .returning()
      return present(row)
    },

    async suspendReview(id) {
      const suspended = { reviewSuspendedAt: sql`clock_timestamp()` }
      await db.update(sessions).set(suspended).where(eq(sessions.id, id))
    },

    async endBypasses(limit) {
      const overdue = sql`select id from sessions where bypass_expires_at <= clock_timestamp()
        order by bypass_expires_at limit ${limit} for update skip locked`
      return db
        .update(sessions)
        .set({
          approvalMode: sql`restore ->> 'approvalMode'`,
          sandbox: sql`restore -> 'sandbox'`,
          restore: null,
          bypassExpiresAt: null,
          version: sql`${sessions.version} + 1`,
        })
        .where(sql`${sessions.id} in (${overdue})`)
        .returning()
    },
  }
}

function toColumns({ bypassTtlS, ...changes }: SessionChanges) {
  const deadline = bypassTtlS === null ? null : hence((bypassTtlS ?? 0) * 1000)
  return {
    ...changes,
    ...(bypassTtlS === undefined ? {} : { bypassExpiresAt: deadline }),
    version: sql`${sessions.version} + 1`,
  }
}

function present(row: Session | undefined): Session {
  if (!row) throw new Error('A session is gone in its own transaction.')
  return row
}
