import type { ApprovalView } from '@countersign/contract/approvals/approval'
import type { approvalsApi } from '../approvals/approvals-api.ts'
import { CountersignError, Unreachable } from '../request.ts'
import { StillPending } from './errors.ts'
import { pause } from './pause.ts'

const sliceS = 25
const slowestMs = 5000

/**
 * Waits until an approval is answered, in slices, over restarts of the service and broken lines.
 *
 * Throws `StillPending` once `signal` ends the wait; the question stays open.
 */
export async function awaitAnswer(
  approvals: Approvals,
  id: string,
  signal: AbortSignal | undefined,
): Promise<ApprovalView> {
  let failures = 0
  while (!signal?.aborted) {
    const slice = await waitOnce(approvals, id, signal)
    if (slice.approval) return slice.approval
    failures = slice.isBroken ? failures + 1 : 0
    if (slice.isBroken) await pause(Math.min(100 * 2 ** failures, slowestMs), signal)
  }
  throw new StillPending(id, { cause: signal.reason })
}

type Approvals = Pick<ReturnType<typeof approvalsApi>, 'wait'>

interface Slice {
  approval?: ApprovalView | undefined
  isBroken: boolean
}

async function waitOnce(
  approvals: Approvals,
  id: string,
  signal: AbortSignal | undefined,
): Promise<Slice> {
  try {
    return { approval: await approvals.wait(id, { timeout_s: sliceS }, signal), isBroken: false }
  } catch (error) {
    if (signal?.aborted || isPassing(error)) return { isBroken: true }
    throw error
  }
}

/** Whether it may go better the next time, with nothing done meanwhile. */
export function isPassing(error: unknown): boolean {
  if (error instanceof Unreachable) return true
  return error instanceof CountersignError && (error.status === 429 || error.status >= 500)
}
