import { ServiceError } from '../errors.ts'
import type { Id } from '../ids.ts'
import type { Ports } from '../ports.ts'
import type { Store } from '../repositories.ts'
import { type Caller, requireAdmin } from './caller.ts'
import { hashPassword } from './password.ts'
import type { Principal, Role } from './principal.ts'

interface UserPatch {
  role?: Role | undefined
  disabled?: boolean | undefined
  password?: string | undefined
}

/** Changes a person's role, password or access. The last admin stays one. */
export async function updateUser(
  { transact }: Pick<Ports, 'transact'>,
  { caller, userId, patch }: { caller: Caller; userId: Id; patch: UserPatch },
): Promise<Principal> {
  requireAdmin(caller)
  const passwordHash = patch.password ? await hashPassword(patch.password) : undefined
  return transact(async (store) => {
    const user = await requireUser(store, userId, patch)
    const updated = await store.principals.update(userId, toChanges(patch, passwordHash))
    if (!updated) throw new ServiceError('not_found')
    if (passwordHash || patch.disabled) await store.tokens.revokeSessions(userId)
    await store.audit.append({
      actor: { id: caller.id, kind: caller.kind },
      action: 'user.update',
      resource: `user:${userId}`,
      params: auditOf(patch, user),
    })
    return updated
  })
}

async function requireUser({ principals }: Store, id: Id, patch: UserPatch): Promise<Principal> {
  const user = await principals.find(id)
  if (user?.kind !== 'user') throw new ServiceError('not_found')
  const stepsDown = patch.role === 'user' || patch.disabled === true
  if (stepsDown && user.role === 'admin' && (await principals.countAdmins(id)) === 0) {
    throw new ServiceError('last_admin')
  }
  return user
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
