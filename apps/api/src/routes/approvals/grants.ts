import { GrantBody, GrantQuery, GrantView, viewGrant } from '@countersign/contract/approvals/grant'
import { pageOf, viewPage } from '@countersign/contract/page'
import { createGrant } from '@countersign/core/approvals/grants/create-grant'
import { revokeGrant } from '@countersign/core/approvals/grants/revoke-grant'
import { rootWorkspaceId } from '@countersign/core/approvals/workspaces/workspace'
import { Id } from '@countersign/core/ids'
import { z } from 'zod'
import type { Services } from '../../compose.ts'
import { type Api, problems } from '../../router.ts'

const tags = ['approvals']
const config = { access: 'admin', gate: 'none' } as const

/** Answers given in advance. */
export function grantRoutes(app: Api, services: Services): void {
  app.get('/api/grants', {
    config,
    schema: {
      summary: 'List the grants of a workspace',
      tags,
      querystring: GrantQuery,
      response: { 200: pageOf(GrantView) },
    },
    handler: async ({ query: { workspace_id: workspaceId = rootWorkspaceId, ...page } }) => {
      return viewPage(await services.reads.listGrants(workspaceId, page), viewGrant)
    },
  })

  app.post('/api/grants', {
    config: { ...config, isRepeatable: true },
    schema: {
      summary: 'Answer a question in advance',
      description:
        'A denial may be given for any action, an allowance for none that only people answer for.',
      tags,
      body: GrantBody,
      response: { 201: GrantView, ...problems(404) },
    },
    handler: async ({ caller, body }, reply) => {
      const grant = await createGrant(services, {
        caller,
        kind: body.kind,
        effect: body.effect,
        action: body.action,
        workspaceId: body.workspace_id,
        sessionId: body.session_id ?? null,
        sessionKey: body.session_key ?? null,
        requestHash: body.request_hash ?? null,
        maxUses: body.max_uses ?? null,
        expiresInS: body.expires_in_s,
      })
      return reply.code(201).send(viewGrant(grant))
    },
  })

  app.delete('/api/grants/:id', {
    config,
    schema: {
      summary: 'End a grant',
      tags,
      params: z.object({ id: Id }),
      response: { 204: z.null() },
    },
    handler: async ({ caller, params }, reply) => {
      await revokeGrant(services, { caller, grantId: params.id })
      return reply.code(204).send(null)
    },
  })
}
