import { ServiceError } from '../errors.ts'
import type { Id } from '../ids.ts'
import type { Ports } from '../ports.ts'
import { actorOf, type Caller } from './caller.ts'

/** Ends a token that the caller made. */
export async function revokeToken(
  { transact }: Pick<Ports, 'transact'>,
  { caller, tokenId }: { caller: Caller; tokenId: Id },
): Promise<void> {
  await transact(async (store) => {
    if (!(await store.tokens.revoke(tokenId, caller.id))) throw new ServiceError('not_found')
    await store.audit.append({
      actor: actorOf(caller),
      action: 'token.revoke',
      resource: `token:${tokenId}`,
      params: {},
    })
  })
}
