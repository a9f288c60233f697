import {
  ApprovalQuery,
  ApprovalView,
  DecisionBody,
  viewApproval,
  WaitQuery,
  WithdrawalBody,
} from '@countersign/contract/approvals/approval'
import { pageOf, viewPage } from '@countersign/contract/page'
import { requireStanding } from '@countersign/core/approvals/tickets/approval-standing'
import { cancelApproval } from '@countersign/core/approvals/tickets/cancel-approval'
import { decideApproval } from '@countersign/core/approvals/tickets/decide-approval'
import { revokeApproval } from '@countersign/core/approvals/tickets/revoke-approval'
import { ServiceError } from '@countersign/core/errors'
import type { Caller } from '@countersign/core/identity/caller'
import { Id } from '@countersign/core/ids'
import { z } from 'zod'
import type { Services } from '../../compose.ts'
import { type Api, problems } from '../../router.ts'
import { waitForApproval } from '../../wait-for-approval.ts'

const tags = ['approvals']
const params = z.object({ id: Id })

/** What was asked, and what people make of it. */
export function ticketRoutes(app: Api, services: Services): void {
  listRoute(app, services)
  readRoute(app, services)
  waitRoute(app, services)
  decideRoute(app, services)
  withdrawRoutes(app, services)
}

function listRoute(app: Api, { reads }: Services): void {
  app.get('/api/approvals', {
    config: { access: 'caller', gate: 'none' },
    schema: {
      summary: 'List what was asked',
      description: 'What you and your agents asked for, and what your workspaces did.',
      tags,
      querystring: ApprovalQuery,
      response: { 200: pageOf(ApprovalView) },
    },
    handler: async ({ caller, query }) => {
      const { limit, cursor, status: statuses, action, mine: isMine } = query
      const { workspace_id: workspaceId, session_id: sessionId } = query
      const filter = { statuses, action, workspaceId, sessionId, isMine }
      return viewPage(await reads.listApprovals(filter, caller, { limit, cursor }), viewApproval)
    },
  })
}

function readRoute(app: Api, services: Services): void {
  app.get('/api/approvals/:id', {
    config: { access: 'caller', gate: 'none' },
    schema: {
      summary: 'Read one',
      tags,
      params,
      response: { 200: ApprovalView },
    },
    handler: async ({ caller, params }) => {
      await requireReadable(services, caller, params.id)
      return readView(services, params.id)
    },
  })
}

function waitRoute(app: Api, services: Services): void {
  app.get('/api/approvals/:id/wait', {
    config: { access: 'caller', gate: 'none' },
    schema: {
      summary: 'Wait for the answer',
      description: '204 if there is none by the end of the wait: ask again.',
      tags,
      params,
      querystring: WaitQuery,
      response: { 200: ApprovalView, 204: z.null() },
    },
    handler: async ({ caller, params, query, signal }, reply) => {
      await requireReadable(services, caller, params.id)
      const options = { waitMs: query.timeout_s * 1000, signal }
      const detail = await waitForApproval(services, params.id, options)
      if (detail.approval.status === 'pending') return reply.code(204).send(null)
      return viewApproval(detail)
    },
  })
}

function decideRoute(app: Api, services: Services): void {
  app.post('/api/approvals/:id/decisions', {
    config: { access: 'caller', gate: 'none' },
    schema: {
      summary: 'Approve or deny',
      description:
        'For admins and members who decide; never for an agent, nor for whoever asked. A denial says why.',
      tags,
      params,
      body: DecisionBody,
      response: { 200: ApprovalView, ...problems(409) },
    },
    handler: async ({ caller, params, body }) => {
      const { verdict, comment, expected_hash: expectedHash } = body
      const vote = { verdict, comment, expectedHash, needsComment: true }
      await decideApproval(services, { caller, approvalId: params.id, ...vote })
      return readView(services, params.id)
    },
  })
}

function withdrawRoutes(app: Api, services: Services): void {
  const schema = {
    tags,
    params,
    body: WithdrawalBody.nullish(),
    response: { 200: ApprovalView, ...problems(409) },
  }
  app.post('/api/approvals/:id/cancel', {
    config: { access: 'caller', gate: 'none' },
    schema: { ...schema, summary: 'Take a request back while nobody has answered' },
    handler: async ({ caller, params: { id: approvalId }, body }) => {
      await cancelApproval(services, { caller, approvalId, reason: body?.reason ?? '' })
      return readView(services, approvalId)
    },
  })
  app.post('/api/approvals/:id/revoke', {
    config: { access: 'caller', gate: 'none' },
    schema: { ...schema, summary: 'Take an approval back while nobody has used it' },
    handler: async ({ caller, params: { id: approvalId }, body }) => {
      await revokeApproval(services, { caller, approvalId, reason: body?.reason ?? '' })
      return readView(services, approvalId)
    },
  })
}

async function requireReadable({ store }: Services, caller: Caller, id: Id): Promise<void> {
  const approval = await store.approvals.find(id)
  if (!approval) throw new ServiceError('not_found')
  await requireStanding(store, caller, approval)
}

async function readView({ reads }: Services, id: Id): Promise<ApprovalView> {
  const detail = await reads.findApproval(id)
  if (!detail) throw new ServiceError('not_found')
  return viewApproval(detail)
}
