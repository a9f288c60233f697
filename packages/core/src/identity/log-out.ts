import type { Ports } from '../ports.ts'
import { actorOf, type Caller } from './caller.ts'
import { hashSecretToken } from './secret-token.ts'

/** Ends what the token opened. A token that was made to last is revoked with it. */
export async function logOut(
  { transact }: Pick<Ports, 'transact'>,
  { caller, token }: { caller: Caller; token: string },
): Promise<void> {
  await transact(async (store) => {
    await store.tokens.revokeByHash(hashSecretToken(token))
    await store.audit.append({
      actor: actorOf(caller),
      action: 'auth.logout',
      resource: `user:${caller.personId}`,
      params: {},
    })
  })
}
