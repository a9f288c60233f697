import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { vi } from 'vitest'
import type { FaultyProcess } from './faulty-process.ts'

const run = promisify(execFile)

/**
 * Lets a process work until it comes to a step, holds it there while something happens to the world,
 * and lets it go on. Gives how its work ended.
 */
export async function freezeAt<T>(
  process: FaultyProcess,
  step: string,
  { work, meanwhile }: { work(): Promise<T>; meanwhile(): Promise<void> },
): Promise<T> {
  process.arm({ step, signal: 'SIGSTOP' })
  const working = work()
  try {
    await vi.waitFor(
      async () => {
        const { stdout } = await run('ps', ['-o', 'state=', '-p', String(process.pid)])
        if (!stdout.startsWith('T')) throw new Error(`It never came to the step "${step}".`)
      },
      { timeout: 30_000, interval: 20 },
    )
    await meanwhile()
  } finally {
    process.signal('SIGCONT')
  }
  return working
}
