import { Id } from '@countersign/core/ids'
import type { ChannelIdentity } from '@countersign/core/notices/notice-repository'
import { z } from 'zod'
import { Moment, viewMoment } from '../page.ts'

const Channel = z.enum(['telegram'])
const ExternalUser = z.string().min(1).max(100).describe('What the chat calls the account.')

export const ChannelIdentityBody = z.object({
  channel: Channel,
  external_user: ExternalUser,
  user_id: Id,
})

export const ChannelAccount = z.object({ channel: Channel, external_user: ExternalUser })

/** Who an account of a chat belongs to. */
export const ChannelIdentityView = z
  .object({ ...ChannelIdentityBody.shape, added_by: Id, created_at: Moment })
  .meta({ id: 'ChannelIdentity' })

export function viewChannelIdentity(
  identity: ChannelIdentity,
): z.infer<typeof ChannelIdentityView> {
  const { channel, externalUser, principalId, addedBy, createdAt } = identity
  return {
    channel,
    external_user: externalUser,
    user_id: principalId,
    added_by: addedBy,
    created_at: viewMoment(createdAt),
  }
}
