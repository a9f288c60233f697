import type { ConfirmationStep } from '@countersign/core/approvals/confirmations/confirmation-status'
import type { ApprovalReads } from '@countersign/core/approvals/reads'
import { desc, sql } from 'drizzle-orm'
import type { Connection } from '../../connection.ts'
import { auditEntries } from '../../schema/record.ts'

export function createConfirmationReads(
  db: Connection,
): Pick<ApprovalReads, 'listConfirmationSteps'> {
  return {
    async listConfirmationSteps(limit) {
      const rows = await db
        .select({ step: sql<ConfirmationStep>`${auditEntries.params} -> 'confirmation'` })
        .from(auditEntries)
        .where(sql`${auditEntries.params} ? 'confirmation'`)
        .orderBy(desc(auditEntries.id))
        .limit(limit)
      return rows.map(({ step }) => step)
    },
  }
}
