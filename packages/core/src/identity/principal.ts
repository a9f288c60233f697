import type { Id } from '../ids.ts'

export type Role = 'user' | 'admin'

/** A person, or an agent that acts for one. */
export interface Principal {
  id: Id
  kind: 'user' | 'agent'
  email: string | null
  handle: string
  role: Role | null
  /** The person an agent acts for. */
  ownerId: Id | null
  disabledAt: Date | null
  createdAt: Date
}

/** A person, with what only the login may look at. */
export interface Account extends Principal {
  kind: 'user'
  email: string
  role: Role
  passwordHash: string | null
}

export interface Token {
  id: Id
  principalId: Id
  creatorId: Id
  kind: 'session' | 'user' | 'agent'
  name: string
  expiresAt: Date | null
  createdAt: Date
}
