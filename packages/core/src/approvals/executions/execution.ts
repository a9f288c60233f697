import { z } from 'zod'
import type { Id } from '../../ids.ts'
import { defineStateMachine } from '../../state-machine.ts'

/** The life of an execution. One that nobody reported in time stays unknown, and is never run again by us. */
export const executionMachine = defineStateMachine({
  started: { succeed: 'succeeded', fail: 'failed', lose: 'unknown' },
  succeeded: {},
  failed: {},
  unknown: {},
})

export const ExecutionStatus = z.enum(executionMachine.statuses)
export type ExecutionStatus = z.infer<typeof ExecutionStatus>

export const AuthorizedBy = z.enum(['approval', 'grant', 'policy', 'bypass'])
export type AuthorizedBy = z.infer<typeof AuthorizedBy>

/** The right to do one thing once, now. */
export interface Execution {
  id: Id
  workspaceId: Id
  action: string
  requestHash: string
  principalId: Id
  authorizedBy: AuthorizedBy
  approvalId: Id | null
  grantId: Id | null
  status: ExecutionStatus
  leaseExpiresAt: Date
  startedAt: Date
  finishedAt: Date | null
  error: string | null
}
