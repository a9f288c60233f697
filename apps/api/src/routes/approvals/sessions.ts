import {
  ChangeBody,
  readSandbox,
  SessionBody,
  SessionQuery,
  SessionView,
  viewSession,
} from '@countersign/contract/approvals/session'
import { PageQuery, pageOf, viewPage } from '@countersign/contract/page'
import { archiveSession } from '@countersign/core/approvals/sessions/archive-session'
import { forkSession } from '@countersign/core/approvals/sessions/fork-session'
import { requireSession } from '@countersign/core/approvals/sessions/require-session'
import type { Wanted } from '@countersign/core/approvals/sessions/resolve-setting'
import { resumeSession } from '@countersign/core/approvals/sessions/resume-session'
import { inForce, type Session } from '@countersign/core/approvals/sessions/session'
import { startSession } from '@countersign/core/approvals/sessions/start-session'
import { Id } from '@countersign/core/ids'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import type { Services } from '../../compose.ts'
import { type Api, problems } from '../../router.ts'

const tags = ['sessions']
const params = z.object({ id: Id })
const config = { access: 'caller', gate: 'none' } as const

/** Threads of an agent's work. */
export function sessionRoutes(app: Api, services: Services): void {
  readRoutes(app, services)
  startRoute(app, services)
  resumeRoute(app, services)
  forkRoute(app, services)
  archiveRoute(app, services)
}

function readRoutes(app: Api, { reads, store }: Services): void {
  app.get('/api/sessions', {
    config,
    schema: {
      summary: 'List your sessions',
      tags,
      querystring: PageQuery,
      response: { 200: pageOf(SessionView) },
    },
    handler: async ({ caller, query }) => {
      const page = await reads.listSessions(caller, query)
      return viewPage(page, (stored) => viewSession(inForce(stored)))
    },
  })

  app.get('/api/sessions/:id', {
    config,
    schema: {
      summary: 'Read a session as it is in force',
      tags,
      params,
      querystring: SessionQuery,
      response: { 200: SessionView },
    },
    handler: async ({ caller, params, query: { include } }) => {
      const session = requireSession(caller, await store.sessions.find(params.id))
      return viewSession(session, include && (await reads.listTurns(session.id)))
    },
  })
}

function startRoute(app: Api, services: Services): void {
  app.post('/api/sessions', {
    config: { ...config, isRepeatable: true },
    schema: {
      summary: 'Start a session',
      tags,
      body: SessionBody.nullish(),
      response: { 201: SessionView, ...problems(404) },
    },
    handler: async ({ caller, body }, reply) => {
      const workspaceId = body?.workspace_id ?? undefined
      const session = await startSession(services, { caller, workspaceId, wanted: toWanted(body) })
      return sendMade(reply, session)
    },
  })
}

function resumeRoute(app: Api, services: Services): void {
  app.post('/api/sessions/:id/resume', {
    config,
    schema: {
      summary: 'Go on with a session',
      description: 'Changes what the body names, and nothing else.',
      tags,
      params,
      body: ChangeBody.nullish(),
      response: { 200: SessionView, ...problems(409) },
    },
    handler: async ({ caller, params, body }) => {
      const change = { caller, sessionId: params.id, wanted: toWanted(body) }
      return viewSession(await resumeSession(services, change))
    },
  })
}

function forkRoute(app: Api, services: Services): void {
  app.post('/api/sessions/:id/fork', {
    config: { ...config, isRepeatable: true },
    schema: {
      summary: 'Start a session from what another one is',
      tags,
      params,
      body: ChangeBody.nullish(),
      response: { 201: SessionView, ...problems(409) },
    },
    handler: async ({ caller, params, body }, reply) => {
      const change = { caller, sessionId: params.id, wanted: toWanted(body) }
      return sendMade(reply, await forkSession(services, change))
    },
  })
}

function archiveRoute(app: Api, services: Services): void {
  app.delete('/api/sessions/:id', {
    config,
    schema: {
      summary: 'Put a session away',
      description: 'Nothing is asked in it any more, and what waits in it is cancelled.',
      tags,
      params,
      response: { 204: z.null() },
    },
    handler: async ({ caller, params }, reply) => {
      await archiveSession(services, { caller, sessionId: params.id })
      return reply.code(204).send(null)
    },
  })
}

/** Shows a session that was made, and where to read it from then on. */
function sendMade(reply: FastifyReply, session: Session) {
  return reply
    .code(201)
    .header('location', `/api/sessions/${session.id}`)
    .send(viewSession(session))
}

function toWanted(body: z.output<typeof ChangeBody> | null | undefined): Wanted {
  return {
    approvalMode: body?.approval_mode,
    sandbox: readSandbox(body?.sandbox),
    sandboxField: 'sandbox',
    bypassTtlS: body?.bypass_ttl_s,
  }
}
