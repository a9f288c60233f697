import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

export interface RunningService {
  url: string
  stop(): Promise<void>
}

const patienceMs = 90_000

/** Starts the very service that `npm start` starts, as a process of its own, and waits until it is ready. */
export async function runService(env: Readonly<Record<string, string>>): Promise<RunningService> {
  const program = new URL('../../standalone/src/main.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [program], {
    env: { ...inherited(), ...env },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let complaints = ''
  child.stderr?.on('data', (chunk) => {
    complaints = (complaints + chunk).slice(-4000)
  })
  const url = `http://127.0.0.1:${env.PORT}`
  await untilReady(url, child, () => complaints)
  return {
    url,
    async stop() {
      if (child.exitCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** The demo decides for itself what the service is configured with: nothing else reaches it. */
function inherited(): Record<string, string> {
  const names = ['PATH', 'HOME', 'TMPDIR', 'LANG']
  const { env } = process
  return Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name]]] : [])))
}

async function untilReady(url: string, child: ChildProcess, complaints: () => string) {
  const deadline = Date.now() + patienceMs
  while (Date.now() < deadline && child.exitCode === null) {
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined)
    if (answer?.ok) return
    await sleep(100)
  }
  child.kill('SIGKILL')
  throw new Error(`The service did not start.\n${complaints()}`)
}
