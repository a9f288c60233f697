import { randomBytes } from 'node:crypto'
import type { Ports } from '../ports.ts'
import { systemActor } from './caller.ts'
import { addUser } from './create-user.ts'

/**
 * Makes the first admin if there is none, however many processes boot at once. Gives their password if
 * it was made up here: it is shown once, and only its hash is kept.
 */
export async function ensureAdmin(
  ports: Pick<Ports, 'store' | 'transact'>,
  { email, password }: { email: string; password: string | undefined },
): Promise<{ email: string; password: string } | undefined> {
  if ((await ports.store.principals.countAdmins()) > 0) return undefined
  const chosen = password ?? randomBytes(15).toString('base64url')
  const created = await addUser(ports, { email, password: chosen, role: 'admin' }, systemActor)
  return created && password === undefined ? { email, password: chosen } : undefined
}
