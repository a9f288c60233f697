import type { ServerResponse } from 'node:http'
import { viewEvent } from '@countersign/contract/telling/event'
import { type Caller, isAdmin } from '@countersign/core/identity/caller'
import type { PublishedEvent } from '@countersign/core/webhooks/event'
import type { Services } from '../../compose.ts'
import type { Api } from '../../router.ts'

const keepAliveMs = 15_000
const replayBatch = 500
/** A reader who falls behind by more is let go: it comes back, and goes on where it was. */
const backlogBytesMax = 4 * 1024 * 1024

/** The stream of events, for whoever holds the line. */
export function eventRoutes(app: Api, services: Services): void {
  app.get('/api/events', {
    config: { access: 'caller', gate: 'none' },
    schema: {
      summary: 'Hear of what happens, as server-sent events',
      description:
        'Admins hear of everything, others of what concerns them and of what is public. `Last-Event-ID` resumes.',
      tags: ['events'],
    },
    handler: async (request, reply) => {
      const from = readPosition(request.headers['last-event-id'])
      const workspaceIds = await services.reads.listWorkspaceIds(request.caller.personId)
      const isHeard = hears(request.caller, new Set(workspaceIds))
      reply.hijack()
      await stream(services, isHeard, from, reply.raw)
    },
  })
}

function readPosition(header: string | string[] | undefined): number | undefined {
  return typeof header === 'string' && /^\d{1,15}$/.test(header) ? Number(header) : undefined
}

/**
 * Sends what came after `from`, then what comes. Nothing is sent twice or left out between the two:
 * what comes while the past is read waits its turn.
 */
async function stream(
  { reads, changes, streams }: Services,
  isHeard: (event: PublishedEvent) => boolean,
  from: number | undefined,
  response: ServerResponse,
): Promise<void> {
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  })
  let sent = from ?? (await changes.position())
  const send = (events: readonly PublishedEvent[]) => {
    for (const event of events) {
      if (event.seq <= sent) continue
      sent = event.seq
      if (isHeard(event)) response.write(format(event))
    }
    if (response.writableLength > backlogBytesMax) response.destroy()
  }
  const waiting: PublishedEvent[] = []
  let deliver = (events: readonly PublishedEvent[]): void => {
    waiting.push(...events)
  }
  const unsubscribe = changes.subscribe((events) => deliver(events))
  const keepAlive = setInterval(() => response.write(': keep-alive\n\n'), keepAliveMs)
  streams.add(response)
  response.on('close', () => {
    unsubscribe()
    clearInterval(keepAlive)
    streams.delete(response)
  })
  response.write('retry: 2000\n\n')
  for (;;) {
    const past = await reads.listEvents(sent, replayBatch)
    if (past.length === 0 || response.destroyed) break
    send(past)
  }
  send(waiting)
  deliver = send
}

/** Admins hear of everything; others of what is public, concerns them, or is of their workspaces. */
function hears(caller: Caller, workspaceIds: ReadonlySet<string>) {
  return ({ isPublic, audienceId, workspaceId }: PublishedEvent) =>
    isPublic ||
    isAdmin(caller) ||
    audienceId === caller.personId ||
    (workspaceId ? workspaceIds.has(workspaceId) : false)
}

function format(event: PublishedEvent): string {
  return `id: ${event.seq}\nevent: ${event.type}\ndata: ${JSON.stringify(viewEvent(event))}\n\n`
}
