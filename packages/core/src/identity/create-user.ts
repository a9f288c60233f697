import { ServiceError } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Ports } from '../ports.ts'
import { type Actor, type Caller, requireAdmin } from './caller.ts'
import { handleFor } from './handle-for.ts'
import { hashPassword } from './password.ts'
import type { Principal, Role } from './principal.ts'

interface NewUser {
  email: string
  password: string
  role: Role
}

/** Adds a person. */
export async function createUser(
  ports: Pick<Ports, 'transact'>,
  { caller, ...user }: NewUser & { caller: Caller },
): Promise<Principal> {
  requireAdmin(caller)
  const created = await addUser(ports, user, { id: caller.id, kind: caller.kind })
  if (!created) throw new ServiceError('email_taken')
  return created
}

/** Adds a person on somebody's behalf; gives `undefined` if the e-mail is taken. */
export async function addUser(
  { transact }: Pick<Ports, 'transact'>,
  { email, password, role }: NewUser,
  actor: Actor,
): Promise<Principal | undefined> {
  const passwordHash = await hashPassword(password)
  return transact(async (store) => {
    const user = await store.principals.insert({
      id: newId(),
      kind: 'user',
      email,
      handle: handleFor(email),
      role,
      ownerId: null,
      passwordHash,
    })
    if (!user) return undefined
    const resource = `user:${user.id}`
    await store.audit.append({ actor, action: 'user.create', resource, params: { role } })
    return user
  })
}
