import { type Caller, isAdmin } from '@countersign/core/identity/caller'
import type { Reads } from '@countersign/core/reads'
import type { EventType } from '@countersign/core/webhooks/event'
import { and, asc, desc, eq, gt, gte, inArray, lte, or, sql } from 'drizzle-orm'
import type { Connection } from '../connection.ts'
import { workspaceMembers } from '../schema/approvals.ts'
import { auditEntries, events } from '../schema/record.ts'
import { behind, byId, toPage } from './paging.ts'

const timelineMax = 500

type RecordReads = Pick<Reads, 'listAudit' | 'listEvents' | 'listTimeline'>

export function createRecordReads(db: Connection): RecordReads {
  return {
    async listEvents(afterSeq, limit, viewer) {
      const rows = await db
        .select()
        .from(events)
        .where(
          and(gt(events.seq, afterSeq), viewer && !isAdmin(viewer) ? concerns(viewer) : undefined),
        )
        .orderBy(asc(events.seq))
        .limit(limit)
      return rows.map(({ seq, type, ...event }) => ({
        ...event,
        type: type as EventType,
        seq: seq ?? 0,
      }))
    },

    async listTimeline(resources) {
      const rows = await db
        .select()
        .from(auditEntries)
        .where(inArray(auditEntries.resource, [...resources]))
        .orderBy(desc(auditEntries.id))
        .limit(timelineMax)
      return rows.reverse().map(({ id, at, actorId, actorKind, action, params }) => {
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
      const items = rows.map(({ actorId, actorKind, ...row }) => ({
        ...row,
        actor: { id: actorId, kind: actorKind },
      }))
      return toPage(items, page, byId)
    },
  }
}

/** What is public, what concerns the viewer or the person they act for, and what their workspaces do. */
function concerns({ personId }: Caller) {
  const isOfTheirs = sql`exists (
    select 1 from ${workspaceMembers} where ${workspaceMembers.workspaceId} = ${events.workspaceId}
      and ${workspaceMembers.principalId} = ${personId}
  )`
  return or(eq(events.isPublic, true), eq(events.audienceId, personId), isOfTheirs)
}
