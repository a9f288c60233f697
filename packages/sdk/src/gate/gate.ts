import type { AllowedView, GateBody, PendingView } from '@countersign/contract/approvals/gate'
import type { approvalsApi, GateAnswer } from '../approvals/approvals-api.ts'
import { Unreachable } from '../request.ts'
import { awaitAnswer, isPassing } from './await-answer.ts'
import { NotApproved } from './errors.ts'
import { pause } from './pause.ts'

/** What is to run, and everything that it depends on: another context is another question. */
export type Question = Omit<GateBody, 'wait_s'>

export interface AskOptions {
  /** Ends the wait, never the effect. */
  signal?: AbortSignal | undefined
}

/** What an effect may want to know of what lets it run. */
export type Permission = Pick<AllowedView, 'execution_id' | 'authorized_by'>

export type Effect<Result> = (permission: Permission) => Promise<Result>

export interface Gate {
  /**
   * Asks, waits for the answer, and runs the effect once if it is yes; then reports how it ended.
   *
   * Whatever goes wrong before a clear yes, the effect does not run: `NotApproved` when somebody said
   * no or nobody did in time, `StillPending` when the signal ended the wait, `CountersignError` when a
   * policy refused, `Unreachable` when the service could not be asked. The effect is never tried again.
   */
  run<Result>(question: Question, effect: Effect<Result>, options?: AskOptions): Promise<Result>
  /**
   * Asks and waits, and gives the permission to whoever runs the effect themselves, once, and reports
   * how it ended. Throws like `run`.
   */
  permit(question: Question, options?: AskOptions): Promise<Permission>
  /** Goes on with a question that an earlier process asked, and runs the effect on its answer. */
  resume<Result>(approvalId: string, effect: Effect<Result>, options?: AskOptions): Promise<Result>
}

/** The gate as an agent's program uses it. */
export function createGate(approvals: ReturnType<typeof approvalsApi>): Gate {
  const obtain = async (question: Question, { signal }: AskOptions = {}): Promise<Permission> => {
    let answer = await ask(approvals, question, signal)
    while (isPending(answer)) {
      await requireYes(approvals, answer.approval_id, signal)
      // Another process may have used the yes; then this one asks for its own.
      answer = await ask(approvals, question, signal)
    }
    return answer
  }
  return {
    permit: obtain,

    run: async (question, effect, options) =>
      runOnce(approvals, await obtain(question, options), effect),

    async resume(approvalId, effect, options = {}) {
      const asked = await requireYes(approvals, approvalId, options.signal)
      if (asked.consumed_at) throw new NotApproved(asked, 'used')
      const { workspace_id, action, context, reason, session_id } = asked
      const question = { workspace_id, action, context, reason, ...(session_id && { session_id }) }
      return runOnce(approvals, await obtain(question, options), effect)
    },
  }
}

/** Only what is a yes in full is one; and only what names its question is waited for. */
async function ask(
  approvals: ReturnType<typeof approvalsApi>,
  question: Question,
  signal: AbortSignal | undefined,
): Promise<GateAnswer> {
  const answer: Partial<AllowedView & PendingView> = await approvals.check(question, signal)
  const isYes = answer?.decision === 'allow' && typeof answer.execution_id === 'string'
  const isOpen = answer?.status === 'pending_approval' && typeof answer.approval_id === 'string'
  if (isYes || isOpen) return answer as GateAnswer
  throw new Unreachable('The gate gave no answer that can be relied on.')
}

function isPending(answer: GateAnswer): answer is PendingView {
  return 'approval_id' in answer
}

async function requireYes(
  approvals: ReturnType<typeof approvalsApi>,
  id: string,
  signal: AbortSignal | undefined,
) {
  const approval = await awaitAnswer(approvals, id, signal)
  const { status } = approval
  if (status !== 'approved' && status !== 'pending') throw new NotApproved(approval, status)
  return approval
}

async function runOnce<Result>(
  approvals: ReturnType<typeof approvalsApi>,
  permission: Permission,
  effect: Effect<Result>,
): Promise<Result> {
  const { execution_id: id } = permission
  const result = await attempt(effect, permission)
  if ('value' in result) {
    await report(approvals, id, { status: 'succeeded' })
    return result.value
  }
  const { error } = result
  const text = error instanceof Error ? error.message : String(error)
  await report(approvals, id, { status: 'failed', error: text.slice(0, 4000) })
  throw error
}

async function attempt<Result>(effect: Effect<Result>, permission: Permission) {
  try {
    return { value: await effect(permission) }
  } catch (error) {
    return { error }
  }
}

const reportTries = 4

/** Says how it ended. One that gets lost leaves the execution `unknown`, which is what it then is. */
async function report(
  approvals: ReturnType<typeof approvalsApi>,
  id: string,
  result: { status: 'succeeded' | 'failed'; error?: string },
): Promise<void> {
  for (let tries = 1; tries <= reportTries; tries++) {
    try {
      await approvals.report(id, result)
      return
    } catch (error) {
      if (!isPassing(error)) return
      await pause(200 * 2 ** tries)
    }
  }
}
