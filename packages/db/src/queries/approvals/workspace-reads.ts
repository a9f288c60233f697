import type { ApprovalReads } from '@countersign/core/approvals/reads'
import { rootWorkspaceId } from '@countersign/core/approvals/workspaces/workspace'
import { isAdmin } from '@countersign/core/identity/caller'
import { and, desc, eq, isNull, or, sql } from 'drizzle-orm'
import type { Connection } from '../../connection.ts'
import { workspaceMembers, workspaces } from '../../schema/approvals.ts'
import { principals } from '../../schema/identity.ts'
import { behind, byId, toPage } from '../paging.ts'

type WorkspaceReads = Pick<ApprovalReads, 'listMembers' | 'listWorkspaceIds' | 'listWorkspaces'>

export function createWorkspaceReads(db: Connection): WorkspaceReads {
  return {
    async listWorkspaceIds(personId) {
      const rows = await db
        .select({ id: workspaceMembers.workspaceId })
        .from(workspaceMembers)
        .where(eq(workspaceMembers.principalId, personId))
      return rows.map(({ id }) => id)
    },

    async listWorkspaces(viewer, page) {
      const isTheirs = sql`exists (
        select 1 from ${workspaceMembers} where ${workspaceMembers.workspaceId} = ${workspaces.id}
          and ${workspaceMembers.principalId} = ${viewer.personId}
      )`
      const isKnown = isAdmin(viewer) ? undefined : or(eq(workspaces.id, rootWorkspaceId), isTheirs)
      const rows = await db
        .select()
        .from(workspaces)
        .where(and(isNull(workspaces.deletedAt), isKnown, behind(workspaces.id, page)))
        .orderBy(desc(workspaces.id))
        .limit(page.limit + 1)
      return toPage(rows, page, byId)
    },

    async listMembers(workspaceId, page) {
      const rows = await db
        .select({
          id: principals.id,
          handle: principals.handle,
          canDecide: workspaceMembers.canDecide,
        })
        .from(workspaceMembers)
        .innerJoin(principals, eq(principals.id, workspaceMembers.principalId))
        .where(and(eq(workspaceMembers.workspaceId, workspaceId), behind(principals.id, page)))
        .orderBy(desc(principals.id))
        .limit(page.limit + 1)
      return toPage(rows, page, byId)
    },
  }
}
