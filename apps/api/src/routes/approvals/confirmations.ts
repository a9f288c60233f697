import {
  AutoApprovedView,
  ConfirmationAuditView,
  ConfirmationView,
  ResolvedView,
  readDecision,
  readSubmission,
  SubmissionBody,
  SubmittedView,
  viewConfirmation,
  viewResolved,
  viewStep,
  viewSubmitted,
} from '@countersign/contract/approvals/confirmation'
import { readConfirmation } from '@countersign/core/approvals/confirmations/read-confirmation'
import {
  rateWindowS,
  submitConfirmation,
} from '@countersign/core/approvals/confirmations/submit-confirmation'
import { decideApproval } from '@countersign/core/approvals/tickets/decide-approval'
import { retireOverdue } from '@countersign/core/approvals/tickets/retire-overdue'
import { ServiceError } from '@countersign/core/errors'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Services } from '../../compose.ts'
import { speakAsDaemon } from '../../plugins/speak-as-daemon.ts'
import { type Api, refusals } from '../../router.ts'

const tags = ['confirmations']
const params = z.object({ id: z.string().max(100) })
const config = { access: 'caller', gate: 'none', isDaemon: true } as const

/** The face of the confirmation daemon: its paths, its words, its numbers. */
export function confirmationRoutes(app: Api, services: Services): void {
  void app.register(async (scope: Api) => {
    speakAsDaemon(scope)
    submitRoute(scope, services)
    resolveRoute(scope, services, 'approve')
    resolveRoute(scope, services, 'deny')
    readRoute(scope, services)
    auditRoute(scope, services)
  })
}

function submitRoute(app: Api, services: Services): void {
  app.post('/confirm', {
    config,
    // The daemon says in its own words what is wrong with a body.
    validatorCompiler: () => (value) => ({ value }),
    schema: {
      summary: 'Ask people to confirm an action',
      tags,
      body: SubmissionBody,
      response: {
        200: AutoApprovedView,
        202: SubmittedView,
        ...refusals(400, 429),
      },
    },
    handler: async ({ caller, body }, reply) => {
      const submitted = readSubmission(body)
      if ('error' in submitted) return reply.code(400).send(submitted)
      const limit = services.config.CONFIRMATION_RATE_LIMIT
      const outcome = await submitConfirmation(services, { caller, submitted, limit })
      switch (outcome.kind) {
        case 'auto_approved':
          return {
            id: outcome.id,
            action: submitted.action,
            status: 'auto_approved' as const,
            message: `'${submitted.action}' is whitelisted: nobody has to confirm it.`,
          }
        case 'pending':
          return reply.code(202).send(viewSubmitted(outcome.approval))
        case 'rate_limited':
          return reply.code(429).send({
            error: `Rate limit exceeded for action '${submitted.action}'`,
            remaining: 0,
            window_seconds: rateWindowS,
          })
      }
    },
  })
}

const sides = {
  approve: { verdict: 'approve', who: 'approver', summary: 'Confirm' },
  deny: { verdict: 'deny', who: 'denier', summary: 'Deny' },
} as const

function resolveRoute(app: Api, services: Services, side: keyof typeof sides): void {
  const { verdict, who, summary } = sides[side]
  app.post(`/confirm/:id/${side}`, {
    config,
    schema: {
      summary,
      description: `For people who decide, never for whoever submitted it. \`${who}\` is a label.`,
      tags,
      params,
      response: { 200: ResolvedView, ...refusals(409) },
    },
    handler: async (request) => {
      const { caller } = request
      const approval = await find(services, request)
      const { label = caller.handle, reason } = readDecision(request.body, who)
      const vote = { verdict, comment: reason, label, needsComment: false }
      await decideApproval(services, { caller, approvalId: approval.id, ...vote })
      return viewResolved(await find(services, request))
    },
  })
}

function readRoute(app: Api, services: Services): void {
  app.get('/confirm/:id', {
    config,
    schema: {
      summary: 'Read a confirmation',
      tags,
      params,
      response: { 200: ConfirmationView },
    },
    handler: async (request) => viewConfirmation(await find(services, request)),
  })
}

/** Finds a confirmation, and writes down first that its time is over, if it is. */
async function find(
  services: Services,
  { caller, params: { id } }: FastifyRequest & { params: z.infer<typeof params> },
) {
  const approval = await readConfirmation(services, { caller, confirmId: id }).catch((error) => {
    if (!(error instanceof ServiceError) || error.code !== 'not_found') throw error
    throw new ServiceError('not_found', { detail: `Confirmation '${id}' not found` })
  })
  if (approval.status === 'expired') await services.store.approvals.expire(approval.id)
  return approval
}

function auditRoute(app: Api, services: Services): void {
  app.get('/audit', {
    config: { ...config, access: 'admin' },
    schema: {
      summary: 'What happened to confirmations, the last first',
      tags,
      querystring: z.object({ limit: z.unknown().optional().describe('1 to 500, by default 50') }),
      response: { 200: ConfirmationAuditView },
    },
    handler: async ({ query }) => {
      await retireOverdue(services)
      const steps = await services.reads.listConfirmationSteps(readLimit(query.limit))
      return { count: steps.length, entries: steps.map(viewStep) }
    },
  })
}

function readLimit(given: unknown): number {
  const limit = typeof given === 'string' && given.trim() ? Math.trunc(Number(given)) : Number.NaN
  return Number.isNaN(limit) ? 50 : Math.min(Math.max(limit, 1), 500)
}
