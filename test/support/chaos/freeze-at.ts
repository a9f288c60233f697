import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { until } from '../until.ts'
import type { FaultyProcess } from './faulty-process.ts'

const run = promisify(execFile)

/**
 * Gives a process work until it has come to a step, holds it there while something happens to the world,
 * and lets it go on. Work that ends before it came there is given again: what happened to the world the
 * last time may still have cut it short.
 */
export async function freezeAt(
  process: FaultyProcess,
  step: string,
  { work, meanwhile }: { work(): Promise<unknown>; meanwhile(): Promise<void> },
): Promise<void> {
  process.arm({ step, signal: 'SIGSTOP' })
  const held = new AbortController()
  const working = workUntil(held.signal, work)
  try {
    await until(async () => {
      const { stdout } = await run('ps', ['-o', 'state=', '-p', String(process.pid)])
      if (!stdout.startsWith('T')) throw new Error(`It never came to the step "${step}".`)
    })
    await meanwhile()
  } finally {
    held.abort()
    process.signal('SIGCONT')
    await working
  }
}

async function workUntil(end: AbortSignal, work: () => Promise<unknown>): Promise<void> {
  do {
    await work()
    await new Promise((resolve) => setTimeout(resolve, 100))
  } while (!end.aborted)
}
