import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { inheritedEnv } from './inherited-env.ts'

const main = fileURLToPath(new URL('../../apps/cli/src/main.ts', import.meta.url))
/** Where no login was ever saved. */
const home = mkdtempSync(join(tmpdir(), 'countersign-home-'))

export interface CliOptions {
  url?: string
  token?: string
  env?: NodeJS.Dict<string>
  cwd?: string
  /** What stands on its input; `null`: the input stays open, and nothing comes. */
  input?: string | null
  /** On a terminal: what it prints on either side comes as one text. */
  isAtTerminal?: boolean
}

/** Starts the command line as a process of its own. */
export function startCli(args: readonly string[], options: CliOptions = {}) {
  const { url, token, env, cwd, input, isAtTerminal = false } = options
  const command = [process.execPath, main, ...args]
  // Debian's own `script` lends a terminal, and passes on how the command ended.
  const onTerminal = ['script', '-qefc', command.map((word) => `'${word}'`).join(' '), '/dev/null']
  const [file = '', ...rest] = isAtTerminal ? onTerminal : command
  const child = spawn(file, rest, {
    cwd,
    env: {
      ...inheritedEnv(),
      HOME: home,
      ...(url && { COUNTERSIGN_URL: url }),
      ...(token && { COUNTERSIGN_TOKEN: token }),
      ...env,
    },
  })
  child.stdin.on('error', () => {})
  if (input !== null) child.stdin.end(input ?? '')
  return child
}

/** Runs the command line to its end. */
export async function runCli(args: readonly string[], options: CliOptions = {}) {
  const child = startCli(args, options)
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ])
  return { code: code as number, out, err }
}
