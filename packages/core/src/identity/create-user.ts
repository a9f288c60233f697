import {
  type Gated,
  type GatedRequest,
  gateDestructive,
} from '../approvals/gate/gate-destructive.ts'
import { ServiceError } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Ports } from '../ports.ts'
import type { Store } from '../repositories.ts'
import { type Actor, actorOf, type Caller, requireAdmin } from './caller.ts'
import { handleFor } from './handle-for.ts'
import { hashPassword } from './password.ts'
import type { Principal, Role } from './principal.ts'

interface NewUser {
  email: string
  password: string
  role: Role
}

/** Adds a person; an admin, once another admin has approved it. */
export async function createUser(
  ports: Pick<Ports, 'transact'>,
  { caller, ...user }: NewUser & { caller: Caller },
): Promise<Gated<Principal>> {
  requireAdmin(caller)
  const passwordHash = await hashPassword(user.password)
  const insert = async (store: Store) => {
    const actor = actorOf(caller)
    const created = await insertUser(store, { ...user, passwordHash }, actor)
    if (!created) throw new ServiceError('email_taken')
    return created
  }
  if (user.role === 'admin') {
    const subject = { email: user.email }
    return gateDestructive(ports, appointment(caller, subject), insert)
  }
  return { kind: 'done', result: await ports.transact(insert) }
}

/** The question whether somebody may become an admin. */
export function appointment(caller: Caller, subject: { email: string | null }): GatedRequest {
  return {
    caller,
    alone: 'appointing',
    action: 'admin.role_grant',
    context: { ...subject, role: 'admin' },
    reason: `Make ${subject.email} an admin`,
  }
}

/** Adds a person on somebody's behalf; gives `undefined` if the e-mail is taken. */
export async function addUser(
  { transact }: Pick<Ports, 'transact'>,
  user: NewUser,
  actor: Actor,
): Promise<Principal | undefined> {
  const passwordHash = await hashPassword(user.password)
  return transact((store) => insertUser(store, { ...user, passwordHash }, actor))
}

async function insertUser(
  store: Store,
  { email, role, passwordHash }: { email: string; role: Role; passwordHash: string },
  actor: Actor,
): Promise<Principal | undefined> {
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
}
