import type { ApprovalReads } from '@countersign/core/approvals/reads'
import { and, desc, eq, isNull } from 'drizzle-orm'
import type { Connection } from '../../connection.ts'
import { grants } from '../../schema/approvals.ts'
import { behind, byId, toPage } from '../paging.ts'

export function createGrantReads(db: Connection): Pick<ApprovalReads, 'listGrants'> {
  return {
    async listGrants(workspaceId, page) {
      const rows = await db
        .select()
        .from(grants)
        .where(
          and(
            eq(grants.workspaceId, workspaceId),
            isNull(grants.revokedAt),
            behind(grants.id, page),
          ),
        )
        .orderBy(desc(grants.id))
        .limit(page.limit + 1)
      return toPage(rows, page, byId)
    },
  }
}
