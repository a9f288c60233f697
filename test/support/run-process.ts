import { onTestFinished } from 'vitest'
import { type RunningProcess, startProcess } from './start-process.ts'

/** Runs one of our programs as a process of its own, until the test ends at the latest. */
export function runProcess(file: string, env: NodeJS.Dict<string> = {}): RunningProcess {
  const running = startProcess(file, { env })
  onTestFinished(async () => void (await running.end('SIGKILL')))
  return running
}
