import { NewTokenView, TokenBody, TokenView, viewToken } from '@countersign/contract/identity'
import { PageQuery, pageOf, viewPage } from '@countersign/contract/page'
import { createToken } from '@countersign/core/identity/create-token'
import { revokeToken } from '@countersign/core/identity/revoke-token'
import { Id } from '@countersign/core/ids'
import { z } from 'zod'
import type { Services } from '../compose.ts'
import type { Api } from '../router.ts'

const tags = ['identity']

export function tokenRoutes(app: Api, { reads, transact }: Services): void {
  app.get('/api/tokens', {
    config: { access: 'person', gate: 'none' },
    schema: {
      summary: 'List the own tokens',
      tags,
      querystring: PageQuery,
      response: { 200: pageOf(TokenView) },
    },
    handler: async ({ caller, query }) => {
      return viewPage(await reads.listTokens(caller.id, query), viewToken)
    },
  })

  app.post('/api/tokens', {
    config: { access: 'person', gate: 'none', isRepeatable: true },
    schema: {
      summary: 'Make a token for oneself, or for an agent of one’s own',
      tags,
      body: TokenBody,
      response: { 201: NewTokenView },
    },
    handler: async ({ caller, body }, reply) => {
      const { expires_in_days: expiresInDays, ...named } = body
      const { token, secret } = await createToken({ transact }, { caller, ...named, expiresInDays })
      return reply.code(201).send({ ...viewToken(token), token: secret })
    },
  })

  app.delete('/api/tokens/:id', {
    config: { access: 'person', gate: 'none' },
    schema: {
      summary: 'Revoke a token',
      tags,
      params: z.object({ id: Id }),
      response: { 204: z.null() },
    },
    handler: async ({ caller, params }, reply) => {
      await revokeToken({ transact }, { caller, tokenId: params.id })
      return reply.code(204).send(null)
    },
  })
}
