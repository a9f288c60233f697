import type { Reads } from '@countersign/core/reads'
import { and, asc, desc, eq, gte, inArray, lte } from 'drizzle-orm'
import type { Connection } from '../connection.ts'
import { auditEntries } from '../schema/record.ts'
import { behind, toPage } from './paging.ts'

const timelineMax = 500

type RecordReads = Pick<Reads, 'listAudit' | 'listTimeline'>

export function createRecordReads(db: Connection): RecordReads {
  return {
    async listTimeline(resources) {
      const rows = await db
        .select()
        .from(auditEntries)
        .where(inArray(auditEntries.resource, [...resources]))
        .orderBy(asc(auditEntries.id))
        .limit(timelineMax)
      return rows.map(({ id, at, actorId, actorKind, action, params }) => {
        return { id, at, actor: { id: actorId, kind: actorKind }, action, params }
      })
    },

    async listAudit({ actor, action, resource, from, to }, page) {
      const rows = await db
        .select()
        .from(auditEntries)
        .where(
          and(
            actor ? eq(auditEntries.actorId, actor) : undefined,
            action ? eq(auditEntries.action, action) : undefined,
            resource ? eq(auditEntries.resource, resource) : undefined,
            from ? gte(auditEntries.at, from) : undefined,
            to ? lte(auditEntries.at, to) : undefined,
            behind(auditEntries.id, page),
          ),
        )
        .orderBy(desc(auditEntries.id))
        .limit(page.limit + 1)
      return toPage(
        rows,
        page,
        ({ id }) => id,
        ({ actorId, actorKind, ...row }) => ({ ...row, actor: { id: actorId, kind: actorKind } }),
      )
    },
  }
}
