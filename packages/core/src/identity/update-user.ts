import { type Gated, gateDestructive } from '../approvals/gate/gate-destructive.ts'
import { ServiceError } from '../errors.ts'
import type { Id } from '../ids.ts'
import type { Ports } from '../ports.ts'
import type { Store } from '../repositories.ts'
import { actorOf, type Caller, requireAdmin } from './caller.ts'
import { appointment } from './create-user.ts'
import { hashPassword } from './password.ts'
import type { Principal, Role } from './principal.ts'

interface UserPatch {
  role?: Role | undefined
  disabled?: boolean | undefined
  password?: string | undefined
}

/**
 * Changes a person's role, password or access. The last admin stays one, and nobody becomes one before
 * another admin has approved it.
 */
export async function updateUser(
  ports: Pick<Ports, 'store' | 'transact'>,
  { caller, userId, patch }: { caller: Caller; userId: Id; patch: UserPatch },
): Promise<Gated<Principal>> {
  requireAdmin(caller)
  const passwordHash = patch.password ? await hashPassword(patch.password) : undefined
  const write = (store: Store) => writePatch(store, { caller, userId, patch, passwordHash })
  const user = await requireUser(ports.store, userId)
  if (patch.role === 'admin' && user.role !== 'admin') {
    return gateDestructive(ports, appointment(caller, { email: user.email }), write)
  }
  return { kind: 'done', result: await ports.transact(write) }
}

async function writePatch(
  store: Store,
  request: { caller: Caller; userId: Id; patch: UserPatch; passwordHash: string | undefined },
): Promise<Principal> {
  const { caller, userId, patch, passwordHash } = request
  const user = await requireUser(store, userId)
  if (patch.role === 'user' || patch.disabled) await requireAnotherAdmin(store, user)
  const updated = await store.principals.update(userId, toChanges(patch, passwordHash))
  if (!updated) throw new ServiceError('not_found')
  if (passwordHash || patch.disabled) await store.tokens.revokeSessions(userId)
  await store.audit.append({
    actor: actorOf(caller),
    action: 'user.update',
    resource: `user:${userId}`,
    params: auditOf(patch, user),
  })
  return updated
}

async function requireUser({ principals }: Store, id: Id): Promise<Principal> {
  const user = await principals.find(id)
  if (user?.kind !== 'user') throw new ServiceError('not_found')
  return user
}

/** Two admins who would go at the same moment wait for each other here, and the second one stays. */
async function requireAnotherAdmin({ principals }: Store, { id }: Principal): Promise<void> {
  const admins = await principals.lockAdmins()
  if (admins.length === 1 && admins.includes(id)) throw new ServiceError('last_admin')
}

function toChanges({ role, disabled }: UserPatch, passwordHash: string | undefined) {
  return {
    ...(role ? { role } : {}),
    ...(disabled === undefined ? {} : { disabledAt: disabled ? new Date() : null }),
    ...(passwordHash ? { passwordHash } : {}),
  }
}

function auditOf({ role, disabled, password }: UserPatch, user: Principal) {
  return {
    ...(role ? { role, prior_role: user.role } : {}),
    ...(disabled === undefined ? {} : { disabled }),
    ...(password ? { password_changed: true } : {}),
  }
}
