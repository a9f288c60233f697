import {
  type Command,
  exitCodes,
  type Invocation,
  requireOne,
  type Terminal,
  UsageError,
} from '../../command.ts'
import { connect } from '../../connect.ts'
import { keepExecution, takeExecution } from '../../hook/executions.ts'
import { type HookInput, readHookInput } from '../../hook/hook-input.ts'
import { isReadOnly, judgeToolCall } from '../../hook/judge-tool-call.ts'

const defaultDeadlineMs = 100_000
/** Claude Code waits ten minutes at the most, and runs the tool if the hook is late. */
const latestDeadlineMs = 585_000
/** More than this of a tool call nobody could judge. */
const mostBytes = 8 << 20

export const hook: Command = {
  usage: 'hook claude',
  summary: 'Answer a PreToolUse hook of Claude Code; report on PostToolUse. Any failure is a no.',
  options: {},

  async run(invocation, terminal) {
    if (requireOne(invocation, 'platform') !== 'claude')
      throw new UsageError('There is: hook claude.')
    const signal = AbortSignal.timeout(readDeadlineMs(terminal))
    try {
      await answer(invocation, terminal, signal)
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error)
      say(terminal, 'deny', `The approval hook failed, so this does not run: ${text}`)
    }
    return exitCodes.good
  },
}

async function answer(invocation: Invocation, terminal: Terminal, signal: AbortSignal) {
  const call = readHookInput(await terminal.readInput({ signal, mostBytes }))
  if (isReadOnly(call.tool)) return
  if (call.event !== 'PreToolUse') return report(invocation, terminal, call)
  const client = await connect(invocation, terminal)
  const workspaceId = terminal.env.COUNTERSIGN_WORKSPACE_ID || undefined
  const judgement = await judgeToolCall(client, call, { workspaceId, signal })
  if (judgement.decision === 'allow') await keepExecution(call, judgement.executionId)
  say(terminal, judgement.decision, judgement.reason)
}

/** Says how a call ended. It has run already: nothing is decided here, and nothing is printed. */
async function report(invocation: Invocation, terminal: Terminal, call: HookInput): Promise<void> {
  const executionId = await takeExecution(call)
  if (!executionId) return
  const { approvals } = await connect(invocation, terminal)
  const status = call.event === 'PostToolUse' ? 'succeeded' : 'failed'
  await approvals.report(executionId, { status }).catch(() => {})
}

function say(terminal: Terminal, permissionDecision: 'allow' | 'deny', reason: string): void {
  const hookSpecificOutput = {
    hookEventName: 'PreToolUse',
    permissionDecision,
    permissionDecisionReason: reason,
  }
  terminal.out(`${JSON.stringify({ hookSpecificOutput })}\n`)
}

function readDeadlineMs({ env }: Terminal): number {
  const given = Number(env.COUNTERSIGN_HOOK_DEADLINE_MS)
  const deadline = Number.isSafeInteger(given) && given > 0 ? given : defaultDeadlineMs
  return Math.min(deadline, latestDeadlineMs)
}
