import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { inheritedEnv } from '../inherited-env.ts'
import type { Fault, Told } from './faulty-main.ts'

export type Role = 'api' | 'worker'

/** One of the service's processes, which can be made to die or freeze at a step. */
export interface FaultyProcess {
  pid: number
  /** Where its API listens. */
  url: string
  /** The steps that it has taken. */
  steps: ReadonlySet<string>
  /** Gives it a signal of its own when it comes to a step. */
  arm(fault: Fault): void
  signal(signal: NodeJS.Signals): void
  /** Resolves once it is gone. */
  gone: Promise<void>
  /** Ends it in good order; gives how long that took. */
  stop(): Promise<number>
  /** The end of what it printed. */
  output(): string
}

const main = fileURLToPath(new URL('./faulty-main.ts', import.meta.url))

/** Starts an API, a worker or both as a process of its own, and waits until it serves. */
export async function startFaultyProcess(
  roles: readonly Role[],
  env: NodeJS.Dict<string>,
): Promise<FaultyProcess> {
  const child = spawn(process.execPath, [main, ...roles], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...inheritedEnv(),
      HOME: process.env.HOME,
      TEST_WRITE_ENABLED: 'true',
      PORT: '0',
      LOG_LEVEL: 'error',
      ...env,
    },
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      printed = (printed + chunk).slice(-20_000)
    })
  }
  const gone = once(child, 'exit').then(() => {})
  const steps = new Set<string>()
  const ready = new Promise<string>((resolve) => {
    child.on('message', (told: Told) => {
      if ('ready' in told) resolve(told.ready)
      else steps.add(told.step)
    })
  })
  const dead = gone.then(() => {
    throw new Error(`The ${roles.join(' and ')} ended before it served.\n${printed}`)
  })
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await gone
  })
  const url = await Promise.race([ready, dead])

  return {
    pid: child.pid ?? 0,
    url,
    steps,
    gone,
    arm: (fault) => void child.send(fault),
    signal: (signal) => void child.kill(signal),
    output: () => printed,
    async stop() {
      const startedAt = performance.now()
      child.kill('SIGTERM')
      await gone
      return performance.now() - startedAt
    },
  }
}
