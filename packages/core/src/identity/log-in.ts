import { ServiceError } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Ports } from '../ports.ts'
import { verifyPassword } from './password.ts'
import type { Account } from './principal.ts'
import { createSecretToken, hashSecretToken } from './secret-token.ts'

export const sessionTtlS = 12 * 60 * 60

export interface Session {
  token: string
  account: Account
}

/**
 * Opens a session for whoever knows the password. Failures are counted per address and account, and
 * tell the same whether or not there is such an account.
 */
export async function logIn(
  { transact, loginThrottle }: Pick<Ports, 'transact' | 'loginThrottle'>,
  { email, password, address }: { email: string; password: string; address: string },
): Promise<Session> {
  await loginThrottle.refuseSpent(address, email)
  const account = await transact((store) => store.principals.findAccount(email))
  const isRight = await verifyPassword(password, account?.passwordHash ?? null)
  if (!account || !isRight || account.disabledAt) {
    await loginThrottle.countFailure(address, email)
    throw new ServiceError('invalid_credentials')
  }
  const token = createSecretToken()
  await transact(async (store) => {
    await store.tokens.insert({
      id: newId(),
      principalId: account.id,
      creatorId: account.id,
      kind: 'session',
      name: 'session',
      hash: hashSecretToken(token),
      expiresAt: new Date(Date.now() + sessionTtlS * 1000),
    })
    await store.audit.append({
      actor: { id: account.id, kind: 'user' },
      action: 'auth.login',
      resource: `user:${account.id}`,
      params: { address },
    })
  })
  return { token, account }
}
