import { ServiceError } from '../../errors.ts'
import { type Caller, requireAdmin } from '../../identity/caller.ts'
import type { Id } from '../../ids.ts'
import type { Ports } from '../../ports.ts'
import { auditGrant } from './create-grant.ts'

/** Ends a grant: from now on the question is asked again. */
export async function revokeGrant(
  { transact }: Pick<Ports, 'transact'>,
  { caller, grantId }: { caller: Caller; grantId: Id },
): Promise<void> {
  requireAdmin(caller)
  await transact(async (store) => {
    const revoked = await store.grants.revoke(grantId, caller.id)
    if (!revoked) throw new ServiceError('not_found')
    await auditGrant(store, caller, 'approval.grant_revoked', revoked)
  })
}
