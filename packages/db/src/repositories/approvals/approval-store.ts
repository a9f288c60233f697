import type { ApprovalStore } from '@countersign/core/approvals/repositories'
import type { Connection } from '../../connection.ts'
import { createApprovalRepository } from './approval-repository.ts'
import { createApprovalReviewRepository } from './approval-review-repository.ts'
import { createConfirmationRepository } from './confirmation-repository.ts'
import { createExecutionRepository } from './execution-repository.ts'
import { createGrantRepository } from './grant-repository.ts'
import { createSessionRepository } from './session-repository.ts'
import { createTurnRepository } from './turn-repository.ts'
import { createWorkspaceRepository } from './workspace-repository.ts'

/** The approvals half of the store, over a pool or over one transaction. */
export function createApprovalStore(db: Connection): ApprovalStore {
  return {
    approvals: createApprovalRepository(db),
    approvalReviews: createApprovalReviewRepository(db),
    confirmations: createConfirmationRepository(db),
    executions: createExecutionRepository(db),
    grants: createGrantRepository(db),
    sessions: createSessionRepository(db),
    turns: createTurnRepository(db),
    workspaces: createWorkspaceRepository(db),
  }
}
