import { z } from 'zod'
import type { Id } from '../../ids.ts'
import { defineStateMachine } from '../../state-machine.ts'
import type { ApprovalMode } from './approval-mode.ts'
import type { Sandbox } from './sandbox.ts'

const ends = { complete: 'completed', interrupt: 'interrupted', fail: 'failed' } as const

/** The life of a turn. A session has one open turn at most. */
export const turnMachine = defineStateMachine({
  running: { wait: 'waiting_approval', go_on: 'running', ...ends },
  waiting_approval: { wait: 'waiting_approval', go_on: 'running', ...ends },
  completed: {},
  interrupted: {},
  failed: {},
})

export const TurnStatus = z.enum(turnMachine.statuses)
export type TurnStatus = z.infer<typeof TurnStatus>
export type TurnEvent = Parameters<typeof turnMachine.after>[1]

/** One run of an agent in a session, with what was in force when it began. */
export interface Turn {
  id: Id
  sessionId: Id
  n: number
  approvalMode: ApprovalMode
  sandbox: Sandbox
  /** Whether it came with a mode or a sandbox of its own, which later turns keep. */
  overridden: boolean
  status: TurnStatus
  startedAt: Date
  endedAt: Date | null
}
