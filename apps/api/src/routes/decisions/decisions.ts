import { ApproveBody, ReasonBody, RescanBody } from '@countersign/contract/admin'
import { PendingView } from '@countersign/contract/approvals/gate'
import { SubmissionView } from '@countersign/contract/submission'
import { ServiceError } from '@countersign/core/errors'
import { Id } from '@countersign/core/ids'
import { approveSubmission } from '@countersign/core/submissions/decisions/approve-submission'
import { deleteSubmission } from '@countersign/core/submissions/decisions/delete-submission'
import { overrideVerdict } from '@countersign/core/submissions/decisions/override-verdict'
import { rejectSubmission } from '@countersign/core/submissions/decisions/reject-submission'
import { rescanSubmission } from '@countersign/core/submissions/decisions/rescan-submission'
import { retryReview } from '@countersign/core/submissions/decisions/retry-review'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Services } from '../../compose.ts'
import { readIfMatch } from '../../etag.ts'
import { type Api, problems } from '../../router.ts'
import { SoloQuery, sendPending } from '../../send-pending.ts'
import { sendSubmission } from '../submissions.ts'

const tags = ['admin']
const params = z.object({ id: Id })
const config = { access: 'admin', gate: 'none' } as const
const note =
  'Send the `ETag` that you read as `If-Match`: a decision on what has changed is refused.'

/** What an admin can make of a submission. */
export function decisionRoutes(app: Api, services: Services): void {
  overrideRoute(app, services)
  approveRoute(app, services)
  rejectRoute(app, services)
  rescanRoute(app, services)
  retryRoute(app, services)
  deleteRoute(app, services)
}

function overrideRoute(app: Api, services: Services): void {
  app.post('/api/admin/store/submissions/:id/override', {
    config,
    schema: {
      summary: 'Publish a version against its verdict',
      description: note,
      tags,
      params,
      body: ReasonBody,
      response: { 200: SubmissionView, ...problems(401, 403, 404, 409, 412, 422) },
    },
    handler: async (request, reply) => {
      await overrideVerdict(services, { ...readTarget(request), ...readReason(request.body) })
      return sendDecided(services, request.params.id, reply)
    },
  })
}

function approveRoute(app: Api, services: Services): void {
  app.post('/api/admin/store/submissions/:id/approve', {
    config,
    schema: {
      summary: 'Approve what waits for a person',
      description: note,
      tags,
      params,
      body: ApproveBody.nullish(),
      response: { 200: SubmissionView, ...problems(401, 403, 404, 409, 412, 422) },
    },
    handler: async (request, reply) => {
      await approveSubmission(services, { ...readTarget(request), comment: request.body?.comment })
      return sendDecided(services, request.params.id, reply)
    },
  })
}

function rejectRoute(app: Api, services: Services): void {
  app.post('/api/admin/store/submissions/:id/reject', {
    config,
    schema: {
      summary: 'Refuse a submission',
      description: note,
      tags,
      params,
      body: ReasonBody,
      response: { 200: SubmissionView, ...problems(401, 403, 404, 409, 412, 422) },
    },
    handler: async (request, reply) => {
      await rejectSubmission(services, { ...readTarget(request), ...readReason(request.body) })
      return sendDecided(services, request.params.id, reply)
    },
  })
}

function rescanRoute(app: Api, services: Services): void {
  app.post('/api/admin/store/submissions/:id/rescan', {
    config,
    schema: {
      summary: 'Put a decided version through the checks and the review of today',
      description: note,
      tags,
      params,
      body: RescanBody.nullish(),
      response: { 202: SubmissionView, ...problems(401, 403, 404, 409, 412, 422) },
    },
    handler: async (request, reply) => {
      const hideOnFail = request.body?.hide_on_fail ?? false
      await rescanSubmission(services, { ...readTarget(request), hideOnFail })
      void reply.code(202)
      return sendDecided(services, request.params.id, reply)
    },
  })
}

function retryRoute(app: Api, services: Services): void {
  app.post('/api/admin/store/submissions/:id/retry', {
    config,
    schema: {
      summary: 'Ask the model anew',
      description: note,
      tags,
      params,
      response: { 202: SubmissionView, ...problems(401, 403, 404, 409, 412) },
    },
    handler: async (request, reply) => {
      await retryReview(services, readTarget(request))
      void reply.code(202)
      return sendDecided(services, request.params.id, reply)
    },
  })
}

function deleteRoute(app: Api, services: Services): void {
  app.delete('/api/admin/store/submissions/:id', {
    config: { access: 'admin', gate: 'store.submission.delete' },
    schema: {
      summary: 'Delete a submission',
      description:
        'Gives up its bytes; its record stays, and so does the entity. Once another admin has approved it: 202 until then; ask again after it.',
      tags,
      params,
      querystring: SoloQuery,
      response: { 202: PendingView, 204: z.null(), ...problems(401, 403, 404, 409, 412, 500) },
    },
    handler: async ({ caller, params, query: { solo: isSolo } }, reply) => {
      const gated = await deleteSubmission(services, { caller, submissionId: params.id, isSolo })
      if (gated.kind === 'pending') return sendPending(reply, gated.ticket)
      return reply.code(204).send(null)
    },
  })
}

function readTarget(request: FastifyRequest & { params: z.infer<typeof params> }) {
  const revision = readIfMatch(request)
  return { caller: request.caller, submissionId: request.params.id, revision }
}

function readReason({ reason, reason_code: reasonCode }: ReasonBody) {
  return { reason, reasonCode }
}

async function sendDecided({ reads }: Services, id: Id, reply: FastifyReply) {
  const detail = await reads.findSubmission(id)
  if (!detail) throw new ServiceError('not_found')
  return sendSubmission(detail, reply)
}
