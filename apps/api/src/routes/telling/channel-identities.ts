import {
  ChannelAccount,
  ChannelIdentityBody,
  ChannelIdentityView,
  viewChannelIdentity,
} from '@countersign/contract/telling/channel-identity'
import { linkIdentity, unlinkIdentity } from '@countersign/core/notices/link-identity'
import { z } from 'zod'
import type { Services } from '../../compose.ts'
import { type Api, problems } from '../../router.ts'

const path = '/api/admin/channel-identities'
const tags = ['notifications']
const config = { access: 'admin', gate: 'none' } as const

/** Who is who in the chats. */
export function channelIdentityRoutes(app: Api, services: Services): void {
  app.get(path, {
    config,
    schema: {
      summary: 'List whose accounts of chats are known',
      tags,
      response: {
        200: z.object({ items: z.array(ChannelIdentityView), next_cursor: z.null() }),
      },
    },
    handler: async () => {
      const items = await services.store.answers.listIdentities()
      return { items: items.map(viewChannelIdentity), next_cursor: null }
    },
  })

  app.post(path, {
    config,
    schema: {
      summary: 'Say whose an account of a chat is: its clicks then count as theirs',
      tags,
      body: ChannelIdentityBody,
      response: { 201: ChannelIdentityView, ...problems(404) },
    },
    handler: async ({ caller, body }, reply) => {
      const { channel, external_user: externalUser, user_id: principalId } = body
      const account = { channel, externalUser, principalId }
      const identity = await linkIdentity(services, { caller, ...account })
      return reply.code(201).send(viewChannelIdentity(identity))
    },
  })

  app.delete(`${path}/:channel/:external_user`, {
    config,
    schema: {
      summary: 'Forget whose an account of a chat is',
      tags,
      params: ChannelAccount,
      response: { 204: z.null() },
    },
    handler: async ({ caller, params: { channel, external_user: externalUser } }, reply) => {
      await unlinkIdentity(services, { caller, channel, externalUser })
      return reply.code(204).send(null)
    },
  })
}
