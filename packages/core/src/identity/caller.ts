import { ServiceError } from '../errors.ts'
import type { Id } from '../ids.ts'
import type { Principal, Role } from './principal.ts'

/** Who asks. */
export interface Caller {
  id: Id
  kind: 'user' | 'agent'
  handle: string
  email: string | null
  /** An agent has none: it may do what its owner may as a user, and nothing that an admin may. */
  role: Role | null
  /** The person: the caller, or the one the agent acts for. What an agent makes belongs to them. */
  personId: Id
  personHandle: string
}

/** A person who asks for themselves. */
export function asCaller({ id, handle, email, role }: Principal): Caller {
  return { id, kind: 'user', handle, email, role, personId: id, personHandle: handle }
}

/** Who did something, as the audit names them. */
export interface Actor {
  id: string
  kind: 'user' | 'agent' | 'system'
}

/** The caller, as the audit names them. */
export function actorOf({ id, kind }: Caller): Actor {
  return { id, kind }
}

/** The worker and its jobs, where they act on nobody's behalf. */
export const systemActor: Actor = { id: 'system', kind: 'system' }

export function isAdmin(caller: Caller): boolean {
  return caller.kind === 'user' && caller.role === 'admin'
}

/** Refuses everybody but a person who is an admin. */
export function requireAdmin(caller: Caller): void {
  if (!isAdmin(caller)) {
    throw new ServiceError('forbidden', { detail: 'Only a person who is an admin may do this.' })
  }
}
