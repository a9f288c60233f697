import { UserBody, UserPatch, UserView, viewUser } from '@countersign/contract/identity'
import { PageQuery, pageOf, viewCursor } from '@countersign/contract/page'
import { createUser } from '@countersign/core/identity/create-user'
import { updateUser } from '@countersign/core/identity/update-user'
import { Id } from '@countersign/core/ids'
import { z } from 'zod'
import type { Services } from '../compose.ts'
import { type Api, problems } from '../router.ts'

const tags = ['identity']

export function userRoutes(app: Api, { reads, transact }: Services): void {
  app.get('/api/admin/users', {
    config: { access: 'admin', gate: 'none' },
    schema: {
      summary: 'List the people',
      tags,
      querystring: PageQuery,
      response: { 200: pageOf(UserView), ...problems(401, 403, 422) },
    },
    handler: async ({ query }) => {
      const { items, nextKey } = await reads.listUsers(query)
      return { items: items.map(viewUser), next_cursor: viewCursor(nextKey) }
    },
  })

  app.post('/api/admin/users', {
    config: { access: 'admin', gate: 'none', isRepeatable: true },
    schema: {
      summary: 'Add a person',
      tags,
      body: UserBody,
      response: { 201: UserView, ...problems(401, 403, 409, 422) },
    },
    handler: async ({ caller, body }, reply) => {
      const user = await createUser({ transact }, { caller, ...body })
      return reply.code(201).send(viewUser(user))
    },
  })

  app.patch('/api/admin/users/:id', {
    config: { access: 'admin', gate: 'none' },
    schema: {
      summary: 'Change a person’s role, access or password',
      tags,
      params: z.object({ id: Id }),
      body: UserPatch,
      response: { 200: UserView, ...problems(401, 403, 404, 409, 422) },
    },
    handler: async ({ caller, params, body }) =>
      viewUser(await updateUser({ transact }, { caller, userId: params.id, patch: body })),
  })
}
