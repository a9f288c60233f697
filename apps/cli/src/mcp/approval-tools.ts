import type { ApprovalView, Client, GateAnswer } from '@countersign/sdk'
import type { z } from 'zod'
import type * as schemas from './schemas.ts'

const waitS = 50
const pollAfterMs = 1000

export type Tools = ReturnType<typeof approvalTools>

/** What the tools of the MCP server do, over the public API and with the agent's own token. */
export function approvalTools({ approvals }: Client, workspaceId: string | undefined) {
  return {
    async request(input: z.output<typeof schemas.Request>) {
      const { action, context, reason, tool_call_id: toolCallId } = input
      const answer = await approvals.check({
        action,
        context: toolCallId ? { ...context, tool_call_id: toolCallId } : context,
        reason,
        wait_s: waitS,
        ...(workspaceId && { workspace_id: workspaceId }),
      })
      return viewAnswer(answer)
    },

    async awaitAnswer({ approval_id: id }: z.output<typeof schemas.Await>) {
      const approval = await approvals.wait(id, { timeout_s: waitS })
      if (!approval) return stillPending(id)
      if (approval.status !== 'approved' || approval.consumed_at) return viewEnded(approval)
      const { workspace_id, action, context, session_id } = approval
      const question = { workspace_id, action, context, ...(session_id && { session_id }) }
      return viewAnswer(await approvals.check(question))
    },

    report: ({ execution_id: id, status, error }: z.output<typeof schemas.Report>) =>
      approvals.report(id, { status, error }),

    async cancel({ approval_id: id }: z.output<typeof schemas.Cancel>) {
      return viewEnded(await approvals.cancel(id))
    },

    async list() {
      const { items } = await approvals.list({ mine: true, limit: 50 })
      return {
        approvals: items.map(({ id, action, status, created_at, expires_at }) => ({
          approval_id: id,
          action,
          state: status,
          created_at,
          expires_at,
        })),
      }
    },
  }
}

function viewAnswer(answer: GateAnswer) {
  if ('approval_id' in answer)
    return { ...stillPending(answer.approval_id), expires_at: answer.expires_at }
  const { execution_id, authorized_by } = answer
  return { state: 'approved', execution_id, authorized_by }
}

function stillPending(approvalId: string) {
  return { state: 'pending', approval_id: approvalId, poll_after_ms: pollAfterMs }
}

function viewEnded({ id, status, consumed_at: usedAt, decision_reason: reason }: ApprovalView) {
  return { state: usedAt ? 'used' : status, approval_id: id, reason }
}
