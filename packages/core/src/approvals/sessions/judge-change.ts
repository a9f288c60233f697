import { ServiceError } from '../../errors.ts'
import type { Caller } from '../../identity/caller.ts'
import { type ApprovalMode, bypassMode, isLooser } from './approval-mode.ts'
import { isAsking, type ResolvedSetting, type Setting, type Wanted } from './resolve-setting.ts'
import { isWider } from './sandbox.ts'

export interface Change {
  caller: Caller
  /** What is in force; `undefined` for a session that starts. */
  current: Setting | undefined
  wanted: Wanted
  resolved: ResolvedSetting
  /** The most permissive mode of the workspace. */
  ceiling: ApprovalMode | null
  isFork?: boolean
}

/**
 * Refuses a change that is not the caller's to make: beyond the workspace's ceiling for everybody, a
 * bypass for agents, and for an agent anything that allows more than it is allowed.
 */
export function judgeChange(change: Change): void {
  const { caller, current, wanted, resolved, ceiling } = change
  if (!isAsking(wanted)) return
  if (ceiling !== null && isLooser(resolved.approvalMode, ceiling)) {
    throw new ServiceError('mode_forbidden', {
      detail: `The workspace allows no mode beyond ${ceiling}.`,
    })
  }
  if (caller.kind !== 'agent') return
  if (wanted.approvalMode === bypassMode) {
    throw new ServiceError('mode_forbidden', { detail: 'Only a person may set a bypass.' })
  }
  if (current && allowsMore(resolved, current)) {
    throw new ServiceError(change.isFork ? 'fork_more_permissive' : 'mode_forbidden', {
      detail: 'An agent cannot allow itself more than it is allowed.',
    })
  }
}

function allowsMore(next: Setting, than: Setting): boolean {
  return isLooser(next.approvalMode, than.approvalMode) || isWider(next.sandbox, than.sandbox)
}
