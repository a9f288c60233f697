import { Moment, viewMoment } from '@countersign/contract/page'
import { ServiceError } from '@countersign/core/errors'
import { z } from 'zod'
import type { Services } from '../compose.ts'
import { type Api, problems } from '../router.ts'

const HealthView = z.object({ status: z.literal('ok'), pending_count: z.int(), timestamp: Moment })

/** Whether the service lives, whether it can work, and what it counts. No token needed. */
export function healthRoutes(app: Api, { store, readiness, metrics }: Services): void {
  const { registry } = metrics
  const config = { access: 'anyone', gate: 'none' } as const

  app.get('/health', {
    config,
    schema: {
      summary: 'Whether the service lives',
      tags: ['service'],
      response: { 200: HealthView },
    },
    handler: async () => ({
      status: 'ok' as const,
      pending_count: await store.approvals.countPending(),
      timestamp: viewMoment(new Date()),
    }),
  })

  app.get('/health/ready', {
    config,
    schema: {
      summary: 'Whether the database and the queue answer',
      tags: ['service'],
      response: { 200: z.object({ status: z.literal('ready') }), ...problems(503) },
    },
    handler: async () => {
      await readiness().catch((cause) => {
        throw new ServiceError('unavailable', { detail: 'Not ready yet.', cause })
      })
      return { status: 'ready' as const }
    },
  })

  app.get('/metrics', {
    config,
    schema: { hide: true },
    handler: async (_request, reply) => {
      void reply.type(registry.contentType)
      return registry.metrics()
    },
  })
}
