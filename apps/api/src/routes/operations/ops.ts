import { FailingReviewView, viewFailingReview } from '@countersign/contract/operations/job'
import { OpsView, viewOps } from '@countersign/contract/operations/ops'
import { PageQuery, pageOf, viewPage } from '@countersign/contract/page'
import { pauseReviews, resumeReviews } from '@countersign/core/reviews/pause-reviews'
import { z } from 'zod'
import type { Services } from '../../compose.ts'
import type { Api } from '../../router.ts'

const tags = ['operations']
const config = { access: 'admin', gate: 'none' } as const

export function opsRoutes(app: Api, services: Services): void {
  readRoutes(app, services)
  switchRoutes(app, services)
}

function readRoutes(app: Api, services: Services): void {
  app.get('/api/admin/ops', {
    config,
    schema: {
      summary: 'How the queue, the workers and the reviewer are',
      tags,
      response: { 200: OpsView },
    },
    handler: async () => {
      const { reads } = services
      const [state, queue, rules, jobs, verdicts] = await Promise.all([
        reads.readOps(),
        services.countQueue(),
        reads.readRuleRecords(),
        reads.readJobs(),
        reads.readVerdictTimes(),
      ])
      const { policy, reviewModel: model } = services
      return viewOps({
        state,
        queue,
        rules,
        jobs,
        verdicts,
        heldTargetHours: services.config.HELD_TARGET_HOURS,
        isConfigured: policy.hasReviewer,
        model,
      })
    },
  })

  app.get('/api/admin/ops/reviews', {
    config,
    schema: {
      summary: 'List the reviews that failed, or are tried again',
      tags,
      querystring: PageQuery,
      response: { 200: pageOf(FailingReviewView) },
    },
    handler: async ({ query }) =>
      viewPage(await services.reads.listFailingReviews(query), viewFailingReview),
  })
}

/** The two switches there are. */
function switchRoutes(app: Api, services: Services): void {
  app.post('/api/admin/ops/pause', {
    config,
    schema: {
      summary: 'Stop handing out reviews',
      tags,
      response: { 200: z.object({ paused: z.literal(true) }) },
    },
    handler: async ({ caller }) => {
      await pauseReviews(services, { caller })
      return { paused: true as const }
    },
  })

  app.post('/api/admin/ops/resume', {
    config,
    schema: {
      summary: 'Hand out reviews again',
      tags,
      response: { 200: z.object({ paused: z.literal(false) }) },
    },
    handler: async ({ caller }) => {
      await resumeReviews(services, { caller })
      return { paused: false as const }
    },
  })
}
