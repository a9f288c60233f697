import { ServiceError } from '../../errors.ts'
import { type Caller, isAdmin } from '../../identity/caller.ts'
import { inForce, type Session, type StoredSession } from './session.ts'

/** Whether a session is the caller's, their agent's, or that of the person an agent acts for. */
export function isOwnSession(caller: Caller, { personId }: Pick<Session, 'personId'>): boolean {
  return personId === caller.personId
}

/** Gives the session as it is in force; to whoever it is none of their business, there is none. */
export function requireSession(caller: Caller, stored: StoredSession | undefined): Session {
  const isKnown = stored && (isOwnSession(caller, stored) || isAdmin(caller))
  if (!isKnown) throw new ServiceError('not_found', { detail: 'There is no such session.' })
  return inForce(stored)
}

/** Refuses a session that was put away. */
export function requireActive(session: Session): Session {
  if (session.status === 'archived') throw new ServiceError('session_archived')
  return session
}
