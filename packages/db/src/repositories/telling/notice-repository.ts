import type { Notice } from '@countersign/core/notices/notice'
import type { NoticeRepository } from '@countersign/core/notices/notice-repository'
import { and, eq, inArray, isNull, lt, lte, notInArray, sql } from 'drizzle-orm'
import { ago, dayMs } from '../../clock.ts'
import type { Connection } from '../../connection.ts'
import { giveBack, isHeldBy, listDue, takeLease } from '../../lease.ts'
import { answerTokens, noticeMessages, notices } from '../../schema/notices.ts'
import { webhookDeliveries } from '../../schema/record.ts'

export function createNoticeRepository(db: Connection): NoticeRepository {
  return { ...createLeaser(db), ...createRecord(db), ...createDirectory(db) }
}

type Leaser = Pick<
  NoticeRepository,
  'listDue' | 'settleUntried' | 'claim' | 'settle' | 'deleteBefore'
>
type Messages = Pick<NoticeRepository, 'keepMessage' | 'listMessages' | 'listMessagesAbout'>

function createLeaser(db: Connection): Leaser {
  return {
    async listDue(limit, besides = []) {
      const due = await listDue(db, notices, limit, notInArray(notices.eventType, [...besides]))
      return due.map(({ id: noticeId, attempt }) => ({ noticeId, attempt }))
    },

    async settleUntried(eventTypes) {
      // A clock that stands still during the statement is one that the index can be searched by.
      const isDue = lte(notices.dueAt, sql`now()`)
      await db
        .update(notices)
        .set({ status: 'told', ...giveBack('told') })
        .where(and(isDue, inArray(notices.eventType, [...eventTypes])))
    },

    async claim({ noticeId, attempt }, leaseMs) {
      const { leaseId, changes, isFree } = takeLease(notices, { id: noticeId, attempt }, leaseMs)
      const [row] = await db.update(notices).set(changes).where(isFree).returning()
      return row && { ...toNotice(row), leaseId }
    },

    async settle(held, { status, dueInMs }) {
      await db
        .update(notices)
        .set({ status, ...giveBack(status, dueInMs) })
        .where(isHeldBy(notices, held))
    },

    async deleteBefore(days) {
      await db.delete(answerTokens).where(lt(answerTokens.expiresAt, ago(dayMs)))
      const gone = await db
        .delete(notices)
        .where(and(isNull(notices.dueAt), lt(notices.createdAt, ago(days * dayMs))))
        .returning({ id: notices.id })
      return gone.length
    },
  }
}

function createRecord(db: Connection): Messages {
  return {
    async keepMessage(message) {
      const { noticeId, channel, target } = noticeMessages
      await db
        .insert(noticeMessages)
        .values(message)
        .onConflictDoUpdate({
          target: [noticeId, channel, target],
          set: { ref: message.ref, shown: message.shown },
          setWhere: lte(noticeMessages.shown, message.shown),
        })
    },

    async listMessages(noticeId) {
      return db.select().from(noticeMessages).where(eq(noticeMessages.noticeId, noticeId))
    },

    async listMessagesAbout(subject) {
      return db.select().from(noticeMessages).where(eq(noticeMessages.subject, subject))
    },
  }
}

function createDirectory(db: Connection): Omit<NoticeRepository, keyof (Leaser & Messages)> {
  return {
    async isDelivered(eventId) {
      const count = await db.$count(webhookDeliveries, eq(webhookDeliveries.eventId, eventId))
      return count > 0
    },

    async listDeciders({ id }, workspaceId) {
      const rows = await db.execute<{ id: string; email: string; is_member: boolean }>(sql`
        select people.id, people.email, members.principal_id is not null as is_member
        from principals people
        left join workspace_members members on members.principal_id = people.id
          and members.workspace_id = ${workspaceId} and members.can_decide
        where people.kind = 'user' and people.disabled_at is null
          and (members.principal_id is not null or people.role = 'admin')
          and not exists (
            select 1 from approvals
            left join principals requester on requester.id = approvals.requester_id
            where approvals.id = ${id} and people.id in (requester.id, requester.owner_id)
          )
          and not exists (
            select 1 from approval_co_requesters who
            where who.approval_id = ${id} and who.principal_id = people.id
          )
        order by people.id`)
      const members = rows.filter((row) => row.is_member)
      const chosen = members.length > 0 ? members : rows
      return chosen.map(({ id, email }) => ({ id, email }))
    },
  }
}

function toNotice({ id, eventId, eventType, data, ...row }: typeof notices.$inferSelect): Notice {
  const { audienceId, workspaceId, attempts } = row
  return { id, eventId, eventType, data, audienceId, workspaceId, attempts }
}
