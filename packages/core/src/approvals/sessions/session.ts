import type { Id } from '../../ids.ts'
import { type ApprovalMode, bypassMode, isLooser } from './approval-mode.ts'
import type { Sandbox } from './sandbox.ts'

/** An agent's thread of work: who answers for what it wants to do, and what it may touch. */
export interface Session {
  id: Id
  workspaceId: Id
  /** Who started it, and the person that is or stands behind them. */
  principalId: Id
  personId: Id
  forkedFromId: Id | null
  approvalMode: ApprovalMode
  sandbox: Sandbox
  /** What a bypass ends in. */
  restore: { approvalMode: ApprovalMode; sandbox: Sandbox } | null
  bypassExpiresAt: Date | null
  /** Set when the reviewer model denied too often in a row: from then on people are asked. */
  reviewSuspendedAt: Date | null
  status: 'active' | 'archived'
  version: number
  createdAt: Date
}

/** A session as a read finds it: the database's clock says whether its bypass is over. */
export type StoredSession = Session & { isBypassOver: boolean }

/** The session as it is in force: a bypass whose time is over has ended, whoever wrote it down. */
export function inForce({ isBypassOver, ...session }: StoredSession): Session {
  if (!isBypassOver || !session.restore) return session
  return { ...session, ...session.restore, restore: null, bypassExpiresAt: null }
}

/** The session as far as its workspace lets it: a ceiling that came down later counts at once. */
export function withinCeiling(session: Session, ceiling: ApprovalMode | null): Session {
  const { approvalMode, restore } = session
  if (ceiling === null || !isLooser(approvalMode, ceiling)) return session
  const { sandbox } = approvalMode === bypassMode && restore ? restore : session
  return { ...session, approvalMode: ceiling, sandbox, restore: null, bypassExpiresAt: null }
}
