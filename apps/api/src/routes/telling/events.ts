import { hashSecretToken } from '@countersign/core/identity/secret-token'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Services } from '../../compose.ts'
import { streamEvents } from '../../live/stream-events.ts'
import { readToken } from '../../plugins/authenticate.ts'
import type { Api } from '../../router.ts'

const eventStream = {
  content: { 'text/event-stream': { schema: z.string() } },
  description:
    'Server-sent events: each with an id, a type, and the object that webhooks carry too.',
}

/** The stream of events, for whoever holds the line. */
export function eventRoutes(app: Api, services: Services): void {
  app.get('/api/events', {
    config: { access: 'caller', gate: 'none' },
    // Whoever only asks for the headers would hold a line on which nothing can be told.
    exposeHeadRoute: false,
    schema: {
      summary: 'Hear of what happens, as server-sent events',
      description:
        'Admins hear of everything, others of what concerns them, of what their workspaces do and of what is public. `Last-Event-ID` resumes.',
      tags: ['events'],
      response: { 200: eventStream },
    },
    handler: async (request, reply) => {
      reply.hijack()
      reply.raw.setHeader('x-request-id', request.id)
      const from = readPosition(request.headers['last-event-id'])
      const identify = identifyAnew(services, request)
      await streamEvents(services, { identify, from }, reply.raw).catch((error) => {
        request.log.warn({ err: error }, 'stream failed')
        reply.raw.destroy()
      })
    },
  })
}

function readPosition(header: string | string[] | undefined): number | undefined {
  return typeof header === 'string' && /^\d{1,15}$/.test(header) ? Number(header) : undefined
}

/** A line outlives much: tokens are revoked, people disabled, members removed while it is open. */
function identifyAnew({ reads }: Pick<Services, 'reads'>, request: FastifyRequest) {
  const hash = hashSecretToken(readToken(request))
  return async () => {
    const found = await reads.findCaller(hash)
    if (!found) return undefined
    const workspaceIds = await reads.listWorkspaceIds(found.caller.personId)
    return { caller: found.caller, workspaceIds: new Set(workspaceIds) }
  }
}
