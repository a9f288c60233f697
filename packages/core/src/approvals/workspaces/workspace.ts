import type { Id } from '../../ids.ts'
import type { ApprovalMode } from '../sessions/approval-mode.ts'

/** Where actions are asked about, and who decides on them. */
export interface Workspace {
  id: Id
  parentId: Id | null
  name: string
  /** The most permissive mode that a session may have in it, or below it; `null` for any. */
  maxMode: ApprovalMode | null
  createdBy: Id | null
  createdAt: Date
  deletedAt: Date | null
}

/** The workspace that is meant where none is named. It always exists, and everybody may ask in it. */
export const rootWorkspaceId: Id = '00000000-0000-7000-8000-000000000001'
