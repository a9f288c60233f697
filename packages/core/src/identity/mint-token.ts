import { type Gated, gateDestructive } from '../approvals/gate/gate-destructive.ts'
import { ServiceError } from '../errors.ts'
import type { Id } from '../ids.ts'
import type { Ports } from '../ports.ts'
import { type Caller, requireAdmin } from './caller.ts'
import { insertToken, type NewToken } from './create-token.ts'

/**
 * Makes a token that speaks for somebody else, once another admin has approved it. Its secret is given
 * to whoever asked, this once.
 */
export async function mintToken(
  ports: Pick<Ports, 'store' | 'transact'>,
  request: {
    caller: Caller
    principalId: Id
    name: string
    expiresInDays: number | undefined
    isSolo: boolean
  },
): Promise<Gated<NewToken>> {
  const { caller, principalId, name, expiresInDays, isSolo } = request
  requireAdmin(caller)
  const holder = await ports.store.principals.find(principalId)
  if (!holder || holder.disabledAt) throw new ServiceError('not_found')
  const gated = {
    caller,
    alone: isSolo ? ('only_admin' as const) : undefined,
    action: 'org_token_mint' as const,
    context: {
      principal_id: principalId,
      handle: holder.handle,
      name,
      expires_in_days: expiresInDays ?? null,
    },
    reason: `Make a token that speaks for ${holder.handle}`,
  }
  const { kind } = holder
  return gateDestructive(ports, gated, (store) =>
    insertToken(store, { caller, name, kind, principalId, expiresInDays }),
  )
}
