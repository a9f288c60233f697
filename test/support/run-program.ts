import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const exec = promisify(execFile)

/** Runs a program to its end without blocking the servers of the test. Throws with what it printed. */
export async function runProgram(
  command: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; timeoutMs?: number } = {},
): Promise<string> {
  const [file = '', ...args] = command
  const { timeoutMs = 60_000, ...rest } = options
  const running = exec(file, args, { ...rest, timeout: timeoutMs, maxBuffer: 64 << 20 })
  running.child.stdin?.end()
  return (await running).stdout
}
