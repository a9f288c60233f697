import { hasTestMark, viewProcess } from './test-marks.ts'

export type Runtime = 'live' | 'staging'

let declared: Runtime | undefined
let wasMarked = hasTestMark(viewProcess())

/**
 * Declares that this process serves people. Only the entry points of `apps` call it, once, before
 * anything is written: a process that declares nothing counts as a test.
 */
export function declareRuntime(runtime: Runtime): void {
  if (declared !== undefined) throw new Error(`The runtime was declared already, as ${declared}.`)
  declared = runtime
  isTestProcess()
}

/**
 * Whether this process is a test's, looked at anew at every call. A runner's mark counts for more than
 * what was declared, and once seen it counts for good: wiping the environment changes nothing.
 */
export function isTestProcess(): boolean {
  wasMarked ||= hasTestMark(viewProcess())
  return wasMarked || declared === undefined
}
