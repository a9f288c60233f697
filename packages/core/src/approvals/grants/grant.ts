import { z } from 'zod'
import type { Id } from '../../ids.ts'

export const GrantKind = z.enum(['session', 'standing'])
export type GrantKind = z.infer<typeof GrantKind>

export const GrantEffect = z.enum(['allow', 'deny'])
export type GrantEffect = z.infer<typeof GrantEffect>

/** An answer given in advance: to one session, or to everybody in a workspace. */
export interface Grant {
  id: Id
  kind: GrantKind
  effect: GrantEffect
  workspaceId: Id
  action: string
  sessionId: Id | null
  /** The session of the confirmation daemon's face. */
  sessionKey: string | null
  /** Only for exactly this context; `null` for any. */
  requestHash: string | null
  maxUses: number | null
  uses: number
  createdBy: Id
  createdAt: Date
  expiresAt: Date
  revokedAt: Date | null
  revokedBy: Id | null
}
