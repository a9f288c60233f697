import { ServiceError } from '../errors.ts'
import type { Ports } from '../ports.ts'
import { actorOf, type Caller } from './caller.ts'
import { hashPassword, verifyPassword } from './password.ts'

/** Gives the caller another password, and ends the sessions that the old one opened. */
export async function changePassword(
  { transact, loginThrottle }: Pick<Ports, 'transact' | 'loginThrottle'>,
  { caller, current, password }: { caller: Caller; current: string; password: string },
): Promise<void> {
  const email = caller.email ?? ''
  await loginThrottle.refuseSpent('me', email)
  const account = await transact((store) => store.principals.findAccount(email))
  if (!(await verifyPassword(current, account?.passwordHash ?? null))) {
    await loginThrottle.countFailure('me', email)
    throw new ServiceError('invalid_credentials')
  }
  const passwordHash = await hashPassword(password)
  await transact(async (store) => {
    await store.principals.update(caller.id, { passwordHash })
    await store.tokens.revokeSessions(caller.id)
    await store.audit.append({
      actor: actorOf(caller),
      action: 'user.password_changed',
      resource: `user:${caller.id}`,
      params: {},
    })
  })
}
