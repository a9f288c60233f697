import {
  AuthorizedBy,
  type Execution,
  ExecutionStatus,
} from '@countersign/core/approvals/executions/execution'
import { Id } from '@countersign/core/ids'
import { z } from 'zod'
import { Moment, viewMoment } from '../page.ts'

export const ResultBody = z.object({
  status: z.enum(['succeeded', 'failed']),
  error: z.string().max(4000).nullish(),
})

/** The right to do one thing once, and what came of it. */
export const ExecutionView = z
  .object({
    id: Id,
    approval_id: Id.nullable(),
    grant_id: Id.nullable(),
    workspace_id: Id,
    action: z.string(),
    request_hash: z.string(),
    authorized_by: AuthorizedBy,
    status: ExecutionStatus,
    lease_expires_at: Moment,
    started_at: Moment,
    finished_at: Moment.nullable(),
    error: z.string().nullable(),
  })
  .meta({ id: 'Execution' })
export type ExecutionView = z.infer<typeof ExecutionView>

export function viewExecution(execution: Execution): ExecutionView {
  return {
    id: execution.id,
    approval_id: execution.approvalId,
    grant_id: execution.grantId,
    workspace_id: execution.workspaceId,
    action: execution.action,
    request_hash: execution.requestHash,
    authorized_by: execution.authorizedBy,
    status: execution.status,
    lease_expires_at: viewMoment(execution.leaseExpiresAt),
    started_at: viewMoment(execution.startedAt),
    finished_at: viewMoment(execution.finishedAt),
    error: execution.error,
  }
}
