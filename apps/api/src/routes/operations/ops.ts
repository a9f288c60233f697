import { OpsView, viewOps } from '@countersign/contract/operations/ops'
import { pauseReviews, resumeReviews } from '@countersign/core/reviews/pause-reviews'
import { z } from 'zod'
import type { Services } from '../../compose.ts'
import { type Api, problems } from '../../router.ts'

const tags = ['operations']
const config = { access: 'admin', gate: 'none' } as const

export function opsRoutes(app: Api, services: Services): void {
  app.get('/api/admin/ops', {
    config,
    schema: {
      summary: 'How the queue, the workers and the reviewer are',
      tags,
      response: { 200: OpsView, ...problems(401, 403) },
    },
    handler: async () => {
      const { reads } = services
      const [state, queue, rules] = await Promise.all([
        reads.readOps(),
        services.countQueue(),
        reads.readRuleRecords(),
      ])
      const { policy, reviewModel: model } = services
      return viewOps({ state, queue, rules, isConfigured: policy.hasReviewer, model })
    },
  })

  app.post('/api/admin/ops/pause', {
    config,
    schema: {
      summary: 'Stop handing out reviews',
      tags,
      response: { 200: z.object({ paused: z.literal(true) }), ...problems(401, 403) },
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
      response: { 200: z.object({ paused: z.literal(false) }), ...problems(401, 403) },
    },
    handler: async ({ caller }) => {
      await resumeReviews(services, { caller })
      return { paused: false as const }
    },
  })
}
