import { PendingView } from '@countersign/contract/approvals/gate'
import {
  NewTokenView,
  TokenBody,
  UserBody,
  UserPatch,
  UserView,
  viewToken,
  viewUser,
} from '@countersign/contract/identity'
import { PageQuery, pageOf, viewPage } from '@countersign/contract/page'
import { createUser } from '@countersign/core/identity/create-user'
import { mintToken } from '@countersign/core/identity/mint-token'
import { updateUser } from '@countersign/core/identity/update-user'
import { Id } from '@countersign/core/ids'
import { z } from 'zod'
import type { Services } from '../compose.ts'
import { type Api, problems } from '../router.ts'
import { SoloQuery, sendPending } from '../send-pending.ts'

const tags = ['identity']
const appointing = 'To make somebody an admin, another admin has to approve it: 202 until then.'

export function userRoutes(app: Api, services: Services): void {
  const { reads } = services
  app.get('/api/admin/users', {
    config: { access: 'admin', gate: 'none' },
    schema: {
      summary: 'List the people',
      tags,
      querystring: PageQuery,
      response: { 200: pageOf(UserView) },
    },
    handler: async ({ query }) => {
      return viewPage(await reads.listUsers(query), viewUser)
    },
  })

  app.post('/api/admin/users', {
    config: { access: 'admin', gate: 'admin.role_grant', isRepeatable: true },
    schema: {
      summary: 'Add a person',
      description: appointing,
      tags,
      body: UserBody,
      response: { 201: UserView, 202: PendingView, ...problems(409) },
    },
    handler: async ({ caller, body }, reply) => {
      const gated = await createUser(services, { caller, ...body })
      if (gated.kind === 'pending') return sendPending(reply, gated.ticket)
      return reply.code(201).send(viewUser(gated.result))
    },
  })

  app.patch('/api/admin/users/:id', {
    config: { access: 'admin', gate: 'admin.role_grant' },
    schema: {
      summary: 'Change a person’s role, access or password',
      description: appointing,
      tags,
      params: z.object({ id: Id }),
      body: UserPatch,
      response: { 200: UserView, 202: PendingView, ...problems(409) },
    },
    handler: async ({ caller, params, body }, reply) => {
      const gated = await updateUser(services, { caller, userId: params.id, patch: body })
      if (gated.kind === 'pending') return sendPending(reply, gated.ticket)
      return viewUser(gated.result)
    },
  })

  mintRoute(app, services)
}

function mintRoute(app: Api, services: Services): void {
  app.post('/api/admin/users/:id/tokens', {
    config: { access: 'admin', gate: 'org_token_mint', isRepeatable: true },
    schema: {
      summary: 'Make a token that speaks for somebody else',
      description: 'Once another admin has approved it: 202 until then; ask again after it.',
      tags,
      params: z.object({ id: Id }),
      querystring: SoloQuery,
      body: TokenBody.omit({ kind: true }),
      response: { 201: NewTokenView, 202: PendingView, ...problems(500) },
    },
    handler: async ({ caller, params, query: { solo: isSolo }, body }, reply) => {
      const { name, expires_in_days: expiresInDays } = body
      const request = { caller, principalId: params.id, name, expiresInDays, isSolo }
      const gated = await mintToken(services, request)
      if (gated.kind === 'pending') return sendPending(reply, gated.ticket)
      const { token, secret } = gated.result
      return reply.code(201).send({ ...viewToken(token), token: secret })
    },
  })
}
