import { MemberBody, MemberView, viewMember } from '@countersign/contract/approvals/workspace'
import { PageQuery, pageOf, viewPage } from '@countersign/contract/page'
import { putMember } from '@countersign/core/approvals/workspaces/put-member'
import { removeMember } from '@countersign/core/approvals/workspaces/remove-member'
import { requireWorkspace } from '@countersign/core/approvals/workspaces/require-workspace'
import { Id } from '@countersign/core/ids'
import { z } from 'zod'
import type { Services } from '../../compose.ts'
import type { Api } from '../../router.ts'

const tags = ['workspaces']
const params = z.object({ id: Id, principalId: Id })
const config = { access: 'caller', gate: 'none' } as const

/** Who is in a workspace, and who decides there. */
export function memberRoutes(app: Api, services: Services): void {
  const { reads, store } = services

  app.get('/api/workspaces/:id/members', {
    config,
    schema: {
      summary: 'List the members',
      tags,
      params: z.object({ id: Id }),
      querystring: PageQuery,
      response: { 200: pageOf(MemberView) },
    },
    handler: async ({ caller, params, query }) => {
      await requireWorkspace(store, caller, params.id)
      return viewPage(await reads.listMembers(params.id, query), viewMember)
    },
  })

  app.put('/api/workspaces/:id/members/:principalId', {
    config,
    schema: {
      summary: 'Let a person in, or let them decide',
      tags,
      params,
      body: MemberBody.nullish(),
      response: { 200: MemberView },
    },
    handler: async ({ caller, params: { id: workspaceId, principalId }, body }) => {
      const canDecide = body?.can_decide ?? false
      const { handle } = await putMember(services, { caller, workspaceId, principalId, canDecide })
      return viewMember({ id: principalId, handle, canDecide })
    },
  })

  app.delete('/api/workspaces/:id/members/:principalId', {
    config,
    schema: {
      summary: 'Take a person out',
      tags,
      params,
      response: { 204: z.null() },
    },
    handler: async ({ caller, params: { id: workspaceId, principalId } }, reply) => {
      await removeMember(services, { caller, workspaceId, principalId })
      return reply.code(204).send(null)
    },
  })
}
