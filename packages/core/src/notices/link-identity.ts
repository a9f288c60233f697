import { ServiceError } from '../errors.ts'
import { actorOf, type Caller, requireAdmin } from '../identity/caller.ts'
import type { Id } from '../ids.ts'
import type { Ports } from '../ports.ts'
import type { ChannelIdentity } from './notice-repository.ts'

type Account = Pick<ChannelIdentity, 'channel' | 'externalUser'>

/** Says who an account of a chat belongs to: clicks of it then count as that person's answers. */
export async function linkIdentity(
  { transact }: Pick<Ports, 'transact'>,
  { caller, principalId, ...account }: Account & { caller: Caller; principalId: Id },
): Promise<ChannelIdentity> {
  requireAdmin(caller)
  return transact(async (store) => {
    const person = await store.principals.find(principalId)
    if (person?.kind !== 'user') throw new ServiceError('not_found')
    await store.audit.append({
      actor: actorOf(caller),
      action: 'user.link_chat',
      resource: `user:${principalId}`,
      params: { channel: account.channel, external_user: account.externalUser },
    })
    return store.answers.putIdentity({ ...account, principalId, addedBy: caller.id })
  })
}

/** Forgets who an account belongs to: clicks of it count for nothing. */
export async function unlinkIdentity(
  { transact }: Pick<Ports, 'transact'>,
  { caller, channel, externalUser }: Account & { caller: Caller },
): Promise<void> {
  requireAdmin(caller)
  await transact(async (store) => {
    const known = await store.answers.findIdentity(channel, externalUser)
    if (!known) throw new ServiceError('not_found')
    await store.answers.deleteIdentity(channel, externalUser)
    await store.audit.append({
      actor: actorOf(caller),
      action: 'user.unlink_chat',
      resource: `user:${known.principalId}`,
      params: { channel, external_user: externalUser },
    })
  })
}
