import { isTestProcess } from './runtime.ts'
import { readSandbox, type Sandbox } from './sandbox.ts'
import { isNamedBy, isOwnPart, isWhole, type Target } from './target.ts'

/** Why a write may happen or not. */
export type Reason =
  | 'live-runtime'
  | 'opt-in-disabled'
  | 'ambiguous-target'
  | 'prod-project-in-test'
  | 'sandbox-allowed'
  | 'guard-error'

export type Decision = readonly [allowed: boolean, reason: Reason]

/**
 * Decides whether this process may write to a target, as things are at this moment. It never throws
 * and touches nothing: whatever goes wrong in it, outside of a live process, is a refusal.
 *
 * `op` and `workItem` say what is written, for the record; they change nothing, nor do credentials.
 */
export function decide(target: unknown, _op: string, _workItem?: string): Decision {
  try {
    return isTestProcess() ? judgeTestWrite(readSandbox(), target) : [true, 'live-runtime']
  } catch {
    return [false, 'guard-error']
  }
}

/** What a test process may do: nothing, but for what the sandbox names once it is open. */
export function judgeTestWrite(sandbox: Sandbox, target: unknown): Decision {
  const named = isTarget(target) ? target : undefined
  if (named && isOwnPart(named)) return [true, 'sandbox-allowed']
  if (sandbox.isOpen !== true) return [false, 'opt-in-disabled']
  if (!named || !isWhole(named)) return [false, 'ambiguous-target']
  const isNamed = sandbox.allowlist.some((entry) => isNamedBy(entry, named))
  return isNamed ? [true, 'sandbox-allowed'] : [false, 'prod-project-in-test']
}

function isTarget(target: unknown): target is Target {
  return (
    typeof target === 'object' &&
    target !== null &&
    'kind' in target &&
    typeof target.kind === 'string' &&
    'id' in target &&
    typeof target.id === 'string'
  )
}
