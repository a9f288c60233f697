import type {
  ApprovalDetail,
  ApprovalFilter,
  ApprovalReads,
} from '@countersign/core/approvals/reads'
import { type Caller, isAdmin } from '@countersign/core/identity/caller'
import { and, desc, eq, inArray, or, type SQL, sql } from 'drizzle-orm'
import type { Connection } from '../../connection.ts'
import {
  judgedColumns,
  judgedStatus,
  toApproval,
} from '../../repositories/approvals/judged-approval.ts'
import { approvals, executions, workspaceMembers } from '../../schema/approvals.ts'
import { principals } from '../../schema/identity.ts'
import { behind, toPage } from '../paging.ts'

export function createApprovalReads(
  db: Connection,
): Pick<ApprovalReads, 'findApproval' | 'listApprovals'> {
  return {
    async findApproval(id) {
      const [row] = await selectDetails(db).where(eq(approvals.id, id))
      return row && toDetail(row)
    },

    async listApprovals(filter, viewer, page) {
      const rows = await selectDetails(db)
        .where(and(matches(filter, viewer), isVisible(viewer), behind(approvals.id, page)))
        .orderBy(desc(approvals.id))
        .limit(page.limit + 1)
      return toPage(rows.map(toDetail), page, ({ approval }) => approval.id)
    },
  }
}

function selectDetails(db: Connection) {
  return db
    .select({
      approval: judgedColumns,
      requester: { id: principals.id, kind: principals.kind, handle: principals.handle },
      executionId: executions.id,
    })
    .from(approvals)
    .innerJoin(principals, eq(principals.id, approvals.requesterId))
    .leftJoin(executions, eq(executions.approvalId, approvals.id))
    .$dynamic()
}

type Row = Omit<ApprovalDetail, 'approval'> & { approval: Parameters<typeof toApproval>[0] }

function toDetail({ approval, ...row }: Row): ApprovalDetail {
  return { ...row, approval: toApproval(approval) }
}

function matches(filter: ApprovalFilter, viewer: Caller): SQL | undefined {
  const { statuses, action, workspaceId, sessionId, isMine } = filter
  return and(
    statuses ? inArray(judgedStatus, [...statuses]) : undefined,
    action ? eq(approvals.action, action) : undefined,
    workspaceId ? eq(approvals.workspaceId, workspaceId) : undefined,
    sessionId ? eq(approvals.sessionId, sessionId) : undefined,
    isMine ? isAskedBy(viewer) : undefined,
  )
}

function isVisible(viewer: Caller): SQL | undefined {
  if (isAdmin(viewer)) return undefined
  const isOfTheirs = sql`exists (
    select 1 from ${workspaceMembers}
    where ${workspaceMembers.workspaceId} = ${approvals.workspaceId}
      and ${workspaceMembers.principalId} = ${viewer.personId}
  )`
  return or(isAskedBy(viewer), isOfTheirs)
}

/** By the person or an agent of theirs, first or after somebody else. */
function isAskedBy({ personId }: Caller): SQL | undefined {
  const isTheirs = sql`(party.id = ${personId} or party.owner_id = ${personId})`
  const hasJoined = sql`exists (
    select 1 from approval_co_requesters joined
    join principals party on party.id = joined.principal_id
    where joined.approval_id = ${approvals.id} and ${isTheirs}
  )`
  return or(eq(principals.id, personId), eq(principals.ownerId, personId), hasJoined)
}
