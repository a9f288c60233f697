import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { inheritedEnv } from './inherited-env.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/**
 * Runs a module in a process that no test runner marked, as an operator's would be, and gives what it
 * wrote, read as JSON. Marks are given by `env`.
 */
export async function runUnmarked(source: string, env: NodeJS.Dict<string> = {}): Promise<unknown> {
  const args = ['--input-type=module-typescript', '--eval', source]
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...inheritedEnv(), ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [written] = await Promise.all([text(child.stdout), once(child, 'close')])
  return JSON.parse(written)
}
