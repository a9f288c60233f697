import { ApproveBody, ReasonBody, RescanBody } from '@countersign/contract/admin'
import { PendingView } from '@countersign/contract/approvals/gate'
import { SubmissionView } from '@countersign/contract/submission'
import { Id } from '@countersign/core/ids'
import { approveSubmission } from '@countersign/core/submissions/decisions/approve-submission'
import { deleteSubmission } from '@countersign/core/submissions/decisions/delete-submission'
import { overrideVerdict } from '@countersign/core/submissions/decisions/override-verdict'
import { rejectSubmission } from '@countersign/core/submissions/decisions/reject-submission'
import { rescanSubmission } from '@countersign/core/submissions/decisions/rescan-submission'
import { retryReview } from '@countersign/core/submissions/decisions/retry-review'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Services } from '../../compose.ts'
import { readIfMatch } from '../../etag.ts'
import { type Api, problems } from '../../router.ts'
import { SoloQuery, sendPending } from '../../send-pending.ts'
import { sendDecided } from './send-decided.ts'

const path = '/api/admin/store/submissions/:id'
const tags = ['admin']
const params = z.object({ id: Id })
const config = { access: 'admin', gate: 'none', isConditional: true } as const
const note =
  'Send the `ETag` that you read as `If-Match`: a decision on what has changed is refused.'

/** What an admin can make of a submission. */
export function decisionRoutes(app: Api, services: Services): void {
  decisionRoute(app, services, {
    name: 'override',
    summary: 'Publish a version against its verdict',
    body: ReasonBody,
    decide: (target, given) => overrideVerdict(services, { ...target, ...readReason(given) }),
  })
  decisionRoute(app, services, {
    name: 'approve',
    summary: 'Approve what waits for a person',
    body: ApproveBody.nullish(),
    decide: (target, { comment }) => approveSubmission(services, { ...target, comment }),
  })
  decisionRoute(app, services, {
    name: 'reject',
    summary: 'Refuse a submission',
    body: ReasonBody,
    decide: (target, given) => rejectSubmission(services, { ...target, ...readReason(given) }),
  })
  decisionRoute(app, services, {
    name: 'rescan',
    summary: 'Put a decided version through the checks and the review of today',
    code: 202,
    body: RescanBody.nullish(),
    decide: (target, { hide_on_fail: hideOnFail = false }) =>
      rescanSubmission(services, { ...target, hideOnFail }),
  })
  retryRoute(app, services)
  deleteRoute(app, services)
}

/** What can be said with a decision. */
type Given = ReasonBody & z.infer<typeof ApproveBody> & z.infer<typeof RescanBody>

interface Decision {
  name: string
  summary: string
  /** 202 where a review follows. */
  code?: 200 | 202
  body: z.ZodType<Given | null | undefined>
  decide(target: Target, given: Given): Promise<unknown>
}

/** A decision on a submission as it was seen, which answers with the submission as it is then. */
function decisionRoute(app: Api, services: Services, decision: Decision): void {
  const { name, summary, code = 200, body, decide } = decision
  const decided = { [code]: SubmissionView } as Record<200 | 202, typeof SubmissionView>
  app.post(`${path}/${name}`, {
    config,
    schema: {
      summary,
      description: note,
      tags,
      params,
      body,
      response: { ...decided, ...problems(409) },
    },
    handler: async (request, reply) => {
      await decide(readTarget(request), request.body ?? {})
      return sendDecided(services, request.params.id, reply.code(code))
    },
  })
}

/** The one decision that nothing is said with. */
function retryRoute(app: Api, services: Services): void {
  app.post(`${path}/retry`, {
    config,
    schema: {
      summary: 'Ask the model anew',
      description: note,
      tags,
      params,
      response: { 202: SubmissionView, ...problems(409) },
    },
    handler: async (request, reply) => {
      await retryReview(services, readTarget(request))
      return sendDecided(services, request.params.id, reply.code(202))
    },
  })
}

function deleteRoute(app: Api, services: Services): void {
  app.delete(path, {
    config: { access: 'admin', gate: 'store.submission.delete' },
    schema: {
      summary: 'Delete a submission',
      description:
        'Gives up its bytes; its record stays, and so does the entity. Once another admin has approved it: 202 until then; ask again after it.',
      tags,
      params,
      querystring: SoloQuery,
      response: { 202: PendingView, 204: z.null(), ...problems(409, 412, 500) },
    },
    handler: async ({ caller, params, query: { solo: isSolo } }, reply) => {
      const gated = await deleteSubmission(services, { caller, submissionId: params.id, isSolo })
      if (gated.kind === 'pending') return sendPending(reply, gated.ticket)
      return reply.code(204).send(null)
    },
  })
}

type Target = ReturnType<typeof readTarget>

function readTarget(request: FastifyRequest & { params: z.infer<typeof params> }) {
  const revisions = readIfMatch(request)
  return { caller: request.caller, submissionId: request.params.id, revisions }
}

function readReason({ reason, reason_code: reasonCode }: ReasonBody) {
  return { reason, reasonCode }
}
