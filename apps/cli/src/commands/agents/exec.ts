import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { NotApproved, StillPending } from '@countersign/sdk'
import {
  type Command,
  type ExitCode,
  exitCodes,
  findText,
  requireText,
  type Terminal,
  UsageError,
} from '../../command.ts'
import { connect } from '../../connect.ts'
import { inert } from '../../print.ts'
import { readSeconds } from '../../read-seconds.ts'

export const approvalsExec: Command = {
  usage: 'approvals exec [--action ACTION] [--reason TEXT] [--timeout SECONDS] -- CMD [ARG…]',
  summary:
    'Ask, wait, and run the command once if the answer is yes. It exits as the command does.',
  options: {
    action: { type: 'string', default: 'command.run' },
    reason: { type: 'string', default: '' },
    workspace: { type: 'string' },
    timeout: { type: 'string', default: '300' },
  },

  async run(invocation, terminal) {
    const [file, ...args] = invocation.positionals
    if (file === undefined) throw new UsageError('A command is needed, after --.')
    const { gate } = await connect(invocation, terminal)
    const workspaceId = findText(invocation, 'workspace') ?? terminal.env.COUNTERSIGN_WORKSPACE_ID
    const question = {
      action: requireText(invocation, 'action'),
      context: { argv: [file, ...args], cwd: terminal.cwd },
      reason: findText(invocation, 'reason') ?? '',
      ...(workspaceId && { workspace_id: workspaceId }),
    }
    const patience = AbortSignal.timeout(readSeconds(invocation, 'timeout') * 1000)
    const signal = AbortSignal.any([patience, terminal.signal])
    try {
      return await gate.run(question, () => runCommand(file, args, terminal), { signal })
    } catch (error) {
      return explainRefusal(error, terminal)
    }
  },
}

/** Runs the command with our own terminal. A code other than 0 is how it ended, not a failure of ours. */
function runCommand(file: string, args: readonly string[], { cwd }: Terminal): Promise<ExitCode> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, stdio: 'inherit' })
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      resolve((code ?? 128 + constants.signals[signal ?? 'SIGKILL']) as ExitCode)
    })
  })
}

function explainRefusal(error: unknown, terminal: Terminal): ExitCode {
  if (error instanceof NotApproved) {
    terminal.err(`${inert(error.message)}\n`)
    return exitCodes.refused
  }
  if (error instanceof StillPending) {
    terminal.err(`${error.message} Ask again, or: countersign approvals wait ${error.approvalId}\n`)
    return exitCodes.held
  }
  throw error
}
