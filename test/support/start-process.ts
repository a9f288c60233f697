import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { inheritedEnv } from './inherited-env.ts'

export interface RunningProcess {
  pid: number
  /** Everything that it has printed, on either stream. */
  output(): string
  /** Waits until it has printed what matches. */
  untilPrinted(pattern: RegExp): Promise<RegExpExecArray>
  /** Asks it to end and waits until it has; gives its exit code. */
  end(signal?: NodeJS.Signals): Promise<number | null>
}

const root = new URL('../../', import.meta.url)
const patienceMs = 120_000

/** Runs a file of this repository as a process of its own, with no environment but what is given. */
export function startProcess(
  file: string,
  { env = {}, flags = [] }: { env?: NodeJS.Dict<string>; flags?: readonly string[] } = {},
): RunningProcess {
  const child = spawn(process.execPath, [...flags, file], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...inheritedEnv(), HOME: process.env.HOME, ...env },
  })
  const printed: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => printed.push(String(chunk)))
  }
  const output = () => printed.join('')
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null

  return {
    pid: child.pid ?? 0,
    output,

    async untilPrinted(pattern) {
      const deadline = performance.now() + patienceMs
      for (;;) {
        const found = pattern.exec(output())
        if (found) return found
        if (hasEnded() || performance.now() > deadline) {
          throw new Error(`${file} printed only:\n${output()}`)
        }
        await sleep(20)
      }
    },

    async end(signal = 'SIGTERM') {
      if (hasEnded()) return child.exitCode
      const exited = once(child, 'exit')
      child.kill(signal)
      await exited
      return child.exitCode
    },
  }
}
