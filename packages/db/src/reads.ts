import type { Reads } from '@countersign/core/reads'
import type { Database } from './client.ts'
import { createApprovalReads } from './queries/approvals/approval-reads.ts'
import { createConfirmationReads } from './queries/approvals/confirmation-reads.ts'
import { createGrantReads } from './queries/approvals/grant-reads.ts'
import { createSessionReads } from './queries/approvals/session-reads.ts'
import { createWorkspaceReads } from './queries/approvals/workspace-reads.ts'
import { createEntityReads } from './queries/entity-reads.ts'
import { createFindCaller } from './queries/find-caller.ts'
import { createIdentityReads } from './queries/identity-reads.ts'
import { createJobReads } from './queries/job-reads.ts'
import { createOpsReads } from './queries/ops-reads.ts'
import { createRecordReads } from './queries/record-reads.ts'
import { createServedReads } from './queries/served-reads.ts'
import { createSubmissionReads } from './queries/submission-reads.ts'
import { createSuppressionReads } from './queries/suppression-reads.ts'
import { createVerdictReads } from './queries/verdict-reads.ts'
import { createVitalsReads } from './queries/vitals-reads.ts'
import { createWebhookReads } from './queries/webhook-reads.ts'

/** Everything that is only shown, over a pool. */
export function createReads(db: Database): Reads {
  return {
    findCaller: createFindCaller(db),
    ...createEntityReads(db),
    ...createServedReads(db),
    ...createSubmissionReads(db),
    ...createRecordReads(db),
    ...createIdentityReads(db),
    ...createOpsReads(db),
    ...createJobReads(db),
    ...createVerdictReads(db),
    ...createApprovalReads(db),
    ...createConfirmationReads(db),
    ...createGrantReads(db),
    ...createSessionReads(db),
    ...createWorkspaceReads(db),
    ...createWebhookReads(db),
    ...createSuppressionReads(db),
    ...createVitalsReads(db),
  }
}
