import { VerdictTimesView, viewVerdictTimes } from '@countersign/contract/operations/verdict-times'
import { PageQuery, pageOf, viewPage } from '@countersign/contract/page'
import { listFindings, ReportView, viewReport } from '@countersign/contract/report'
import { OwnSubmissionView, SubmissionView, viewSubmission } from '@countersign/contract/submission'
import { viewThread } from '@countersign/contract/thread'
import { ServiceError } from '@countersign/core/errors'
import { buildSarif } from '@countersign/core/guardrails/report/build-sarif'
import { type Caller, isAdmin } from '@countersign/core/identity/caller'
import { Id } from '@countersign/core/ids'
import type { Reads, SubmissionDetail } from '@countersign/core/reads'
import { withdrawSubmission } from '@countersign/core/submissions/withdraw-submission'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import type { Services } from '../compose.ts'
import { viewEtag } from '../etag.ts'
import { type Api, problems } from '../router.ts'

const tags = ['store']
const params = z.object({ id: Id })

/** A submitter's own submissions. Whoever sees another's would learn what is not public. */
export function submissionRoutes(app: Api, services: Services): void {
  const { reads } = services
  reportRoute(app, services)
  app.get('/api/store/submissions', {
    config: { access: 'caller', gate: 'none' },
    schema: {
      summary: 'List the own submissions',
      tags,
      querystring: PageQuery,
      response: { 200: pageOf(SubmissionView) },
    },
    handler: async ({ caller, query }) => {
      const filter = { submitter: caller.personId, includeArchived: true }
      return viewPage(await reads.listSubmissions(filter, query), viewSubmission)
    },
  })

  app.get('/api/store/verdict-times', {
    config: { access: 'caller', gate: 'none' },
    schema: {
      summary: 'Read how soon verdicts come',
      tags,
      response: { 200: VerdictTimesView },
    },
    handler: async () => viewVerdictTimes(await reads.readVerdictTimes()),
  })

  app.get('/api/store/submissions/:id', {
    config: { access: 'caller', gate: 'none' },
    schema: {
      summary: 'Read one of the own submissions',
      tags,
      params,
      response: { 200: OwnSubmissionView },
    },
    handler: async ({ caller, params }, reply) => {
      const detail = await requireOwn(reads, caller, params.id)
      const timeline = await reads.listTimeline([`submission:${params.id}`])
      return {
        ...sendSubmission(detail, reply),
        thread: viewThread(timeline, { withNotes: false }),
      }
    },
  })

  app.post('/api/store/submissions/:id/withdraw', {
    config: { access: 'caller', gate: 'none' },
    schema: {
      summary: 'Take a submission back',
      tags,
      params,
      response: { 200: SubmissionView, ...problems(409) },
    },
    handler: async ({ caller, params }, reply) => {
      await withdrawSubmission(services, { caller, submissionId: params.id })
      return sendSubmission(await requireOwn(reads, caller, params.id), reply)
    },
  })
}

/** What a CI job is told of a submission, in its own form or in that of code scanning. */
function reportRoute(app: Api, { reads }: Services): void {
  app.get('/api/store/submissions/:id/report', {
    config: { access: 'caller', gate: 'none' },
    schema: {
      summary: 'The findings on a submission, for a CI job',
      tags,
      params,
      querystring: z.object({ format: z.enum(['json', 'sarif']).default('json') }),
      response: {
        200: {
          description: 'The findings, in the form that was asked for.',
          content: {
            'application/json': { schema: ReportView },
            'application/sarif+json': { schema: z.looseObject({}) },
          },
        },
      },
    },
    handler: async ({ caller, params, query }, reply) => {
      const detail = isAdmin(caller)
        ? await reads.findSubmission(params.id)
        : await requireOwn(reads, caller, params.id)
      if (!detail) throw new ServiceError('not_found')
      if (query.format === 'json') return viewReport(detail)
      void reply.type('application/sarif+json')
      const { submission } = detail
      return buildSarif([{ root: '', findings: listFindings(detail) }], submission.policyVersion)
    },
  })
}

/** The owner of an entity and whoever submitted to it see a submission; for others there is none. */
export async function requireOwn(
  reads: Pick<Reads, 'findSubmission'>,
  caller: Caller,
  id: Id,
): Promise<SubmissionDetail> {
  const detail = await reads.findSubmission(id)
  const people = detail && [detail.entity.ownerId, detail.submission.submitterId]
  if (!detail || !people?.includes(caller.personId)) throw new ServiceError('not_found')
  return detail
}

/** Shows a submission with its revision as the ETag. */
export function sendSubmission(detail: SubmissionDetail, reply: FastifyReply): SubmissionView {
  void reply.header('etag', viewEtag(detail.submission.revision))
  return viewSubmission(detail)
}
