import { ServiceError } from '../../errors.ts'
import { type Caller, requireAdmin } from '../../identity/caller.ts'
import type { Store } from '../../repositories.ts'

/**
 * Where somebody may pass a gate of ours alone:
 *
 * - `only_admin`: they say that they mean it, and nobody else could be asked.
 * - `appointing`: they appoint an admin where nobody else could be asked, or while the installation is
 *   still being set up. Otherwise nobody could ever be asked.
 */
export type Alone = 'only_admin' | 'appointing'

/**
 * Why somebody passes a gate alone; `null` if they do not, and somebody else is asked. Whoever claims
 * to be the only admin, and is not, is refused.
 */
export async function standsAlone(
  { principals }: Pick<Store, 'principals'>,
  caller: Caller,
  alone: Alone | undefined,
): Promise<'solo' | 'setup' | null> {
  if (!alone) return null
  requireAdmin(caller)
  if ((await principals.countAdmins(caller.id)) === 0) return 'solo'
  if (alone === 'appointing') return (await principals.isBeingSetUp()) ? 'setup' : null
  throw new ServiceError('self_approval_forbidden', {
    detail: 'There is another admin: ask them.',
  })
}
