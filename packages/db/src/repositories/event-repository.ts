import { newId } from '@countersign/core/ids'
import type { EventRepository } from '@countersign/core/repositories'
import { lt, sql } from 'drizzle-orm'
import { ago, dayMs, now } from '../clock.ts'
import type { Connection } from '../connection.ts'
import { events } from '../schema/record.ts'
import { defineStatement, given } from '../statement.ts'

const append = defineStatement((words) =>
  words
    .insert(events)
    .values({ at: now, ...given('id', 'type', 'audienceId', 'isPublic', 'workspaceId', 'data') }),
)

export function createEventRepository(db: Connection): EventRepository {
  return {
    async append({ type, audienceId, isPublic, workspaceId = null, data }) {
      await append(db, { id: newId(), type, audienceId, isPublic, workspaceId, data })
    },

    async sequence(limit) {
      const [row] = await db.execute<{ count: number }>(
        sql`select sequence_events(${limit}) as count`,
      )
      return row?.count ?? 0
    },

    async findLastSeq() {
      const [row] = await db.select({ seq: sql<string | null>`max(${events.seq})` }).from(events)
      return Number(row?.seq ?? 0)
    },

    async deleteBefore(days) {
      const gone = await db
        .delete(events)
        .where(lt(events.at, ago(days * dayMs)))
        .returning({ id: events.id })
      return gone.length
    },
  }
}
