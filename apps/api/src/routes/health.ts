import { setTimeout as wait } from 'node:timers/promises'
import { Moment, viewMoment } from '@countersign/contract/page'
import { ServiceError } from '@countersign/core/errors'
import { z } from 'zod'
import type { Services } from '../compose.ts'
import { type Api, problems } from '../router.ts'

const HealthView = z.object({ status: z.literal('ok'), pending_count: z.int(), timestamp: Moment })

/** Whoever asks whether we live kills us for a late answer. */
const patienceMs = 1_000

/**
 * The last count that the database gave. A process lives while its database is away: to start it anew
 * would bring nothing back.
 */
function createPendingCount({ approvals }: Services['store']): () => Promise<number> {
  let last = 0
  return async () => {
    const patience = new AbortController()
    const asked = approvals.countPending().then((count) => {
      last = count
    })
    const late = wait(patienceMs, undefined, { signal: patience.signal })
    await Promise.race([asked, late].map((end) => end.catch(() => {})))
    patience.abort()
    return last
  }
}

/** Whether the service lives, whether it can work, and what it counts. No token needed. */
export function healthRoutes(app: Api, { store, readiness, metrics }: Services): void {
  const { registry } = metrics
  const countPending = createPendingCount(store)
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
      pending_count: await countPending(),
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
