import { BulkRescanBody, BulkRetryBody, BulkRetryView } from '@countersign/contract/admin'
import { rescanSubmissions } from '@countersign/core/submissions/decisions/rescan-submissions'
import { retryReviews } from '@countersign/core/submissions/decisions/retry-reviews'
import type { Services } from '../../compose.ts'
import type { Api } from '../../router.ts'

const tags = ['admin']
const config = { access: 'admin', gate: 'none' } as const
const response = { 202: BulkRetryView }

/** What an admin can make of many submissions. Each is told of by itself. */
export function bulkDecisionRoutes(app: Api, services: Services): void {
  app.post('/api/admin/store/submissions/retry', {
    config,
    schema: {
      summary: 'Ask the model anew about many',
      tags,
      body: BulkRetryBody,
      response,
    },
    handler: async ({ caller, body: { status: statuses, ids, limit } }, reply) => {
      const outcome = await retryReviews(services, { caller, statuses, ids, limit })
      return reply.code(202).send(outcome)
    },
  })

  app.post('/api/admin/store/submissions/rescan', {
    config,
    schema: {
      summary: 'Put many decided versions through the checks and the review of today',
      description:
        'The model is asked in batches, at half the price: an answer may take a day. What is served stays meanwhile.',
      tags,
      body: BulkRescanBody,
      response,
    },
    handler: async ({ caller, body: { status: statuses, ids, limit, ...body } }, reply) => {
      const decidedBefore = body.decided_before ? new Date(body.decided_before) : undefined
      const request = { caller, statuses, ids, limit, decidedBefore, hideOnFail: body.hide_on_fail }
      return reply.code(202).send(await rescanSubmissions(services, request))
    },
  })
}
