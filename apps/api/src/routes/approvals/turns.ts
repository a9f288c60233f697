import {
  readSandbox,
  TurnBody,
  TurnPatch,
  TurnView,
  viewTurn,
} from '@countersign/contract/approvals/session'
import { moveTurn } from '@countersign/core/approvals/sessions/move-turn'
import { startTurn } from '@countersign/core/approvals/sessions/start-turn'
import { Id } from '@countersign/core/ids'
import { z } from 'zod'
import type { Services } from '../../compose.ts'
import { type Api, problems } from '../../router.ts'

const tags = ['sessions']
const params = z.object({ id: Id })
const config = { access: 'caller', gate: 'none' } as const

/** The runs of an agent in a session. */
export function turnRoutes(app: Api, services: Services): void {
  app.post('/api/sessions/:id/turns', {
    config: { ...config, isRepeatable: true },
    schema: {
      summary: 'Start the next turn',
      description: 'What the body overrides, later turns keep.',
      tags,
      params,
      body: TurnBody.nullish(),
      response: { 201: TurnView, ...problems(409) },
    },
    handler: async ({ caller, params, body }, reply) => {
      const wanted = {
        approvalMode: body?.approval_mode,
        sandbox: readSandbox(body?.sandbox_policy),
        sandboxField: 'sandbox_policy' as const,
        bypassTtlS: body?.bypass_ttl_s,
      }
      const turn = await startTurn(services, { caller, sessionId: params.id, wanted })
      return reply.code(201).send(viewTurn(turn))
    },
  })

  app.patch('/api/turns/:id', {
    config,
    schema: {
      summary: 'Say how a turn goes on, or ends',
      tags,
      params,
      body: TurnPatch,
      response: { 200: TurnView, ...problems(409) },
    },
    handler: async ({ caller, params, body: { status } }) =>
      viewTurn(await moveTurn(services, { caller, turnId: params.id, status })),
  })
}
