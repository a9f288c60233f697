import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { onTestFinished, vi } from 'vitest'

export interface RunningProcess {
  pid: number
  /** Everything that it has printed, on either stream. */
  output(): string
  /** Waits until it has printed what matches. */
  untilPrinted(pattern: RegExp): Promise<RegExpExecArray>
  /** Asks it to end and waits until it has; gives its exit code. */
  end(signal?: NodeJS.Signals): Promise<number | null>
}

/** Runs one of our programs as a process of its own, until the test ends at the latest. */
export function runProcess(file: string, env: NodeJS.Dict<string> = {}): RunningProcess {
  const child = spawn(process.execPath, [file], {
    cwd: new URL('../../', import.meta.url),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
  })
  const printed: string[] = []
  child.stdout.on('data', (chunk) => printed.push(String(chunk)))
  child.stderr.on('data', (chunk) => printed.push(String(chunk)))
  const output = () => printed.join('')
  const end = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
    const exited = once(child, 'exit')
    child.kill(signal)
    await exited
    return child.exitCode
  }
  onTestFinished(async () => void (await end('SIGKILL')))
  return {
    pid: child.pid ?? 0,
    output,
    end,
    untilPrinted: (pattern) =>
      vi.waitFor(
        () => {
          const found = pattern.exec(output())
          if (!found) throw new Error(`${file} printed only:\n${output()}`)
          return found
        },
        { timeout: 45_000, interval: 25 },
      ),
  }
}
