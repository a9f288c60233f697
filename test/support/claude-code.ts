import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findFreePort } from '@countersign/runtime/free-port'
import { onTestFinished } from 'vitest'
import { createFolder } from './create-folder.ts'
import { findGit } from './find-program.ts'
import { runProgram } from './run-program.ts'

const version = '2.1.329'
const name = `@anthropic-ai/claude-code-${process.platform}-${process.arch}`
const cache = fileURLToPath(new URL('../../node_modules/.cache/countersign/', import.meta.url))

/** The real `claude` from npm; `undefined`, loudly, where npm cannot provide it. */
export function installClaudeCode(): string | undefined {
  const home = join(cache, `claude-code-${version}`)
  const program = join(home, 'node_modules', name, 'claude')
  if (existsSync(program)) return program
  const work = `${home}-${process.pid}`
  mkdirSync(work, { recursive: true })
  const flags = ['--no-audit', '--no-fund', '--ignore-scripts', '--no-save']
  const install = ['install', '--prefix', work, ...flags, `${name}@${version}`]
  const { status, stderr } = spawnSync('npm', install, { encoding: 'utf8', cwd: work })
  if (status === 0 && !existsSync(home)) renameSync(work, home)
  rmSync(work, { recursive: true, force: true })
  if (status === 0) return program
  process.stderr.write(`SKIPPED: Claude Code is not tried, for npm has no ${name}. ${stderr}\n`)
  return undefined
}

export interface ClaudeCode {
  /** The folder that it takes for the user's home. */
  home: string
  /** Runs `claude` with arguments and gives what it printed. */
  run(...args: string[]): Promise<string>
  /** Begins a session and ends it, once `isReady` says so. No model is asked anything. */
  startSession(isReady?: () => boolean): Promise<void>
}

/** A Claude Code that knows nothing of this machine, and reaches nothing outside of it. */
export async function createClaudeCode(
  program: string,
  env: NodeJS.ProcessEnv = {},
): Promise<ClaudeCode> {
  const home = await createFolder()
  const nowhere = 'http://127.0.0.1:9'
  const settings = {
    ...findGit().env,
    HOME: home,
    CLAUDE_CONFIG_DIR: join(home, '.claude'),
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_AUTOUPDATER: '1',
    DISABLE_TELEMETRY: '1',
    HTTPS_PROXY: nowhere,
    HTTP_PROXY: nowhere,
    NO_PROXY: '127.0.0.1,localhost',
    ...env,
  }
  const run = (args: readonly string[], more: NodeJS.ProcessEnv = {}) =>
    runProgram([program, ...args], { cwd: home, env: { ...settings, ...more } })
  return {
    home,
    run: (...args) => run(args),
    async startSession(isReady = () => true) {
      const url = await startMuteModel(isReady)
      const api = { ANTHROPIC_API_KEY: 'none', ANTHROPIC_BASE_URL: url }
      // The session ends in an error, as nobody answers. What it does at its start is done.
      await run(['-p', 'hello'], api).catch(() => {})
    },
  }
}

/** A Messages API that refuses everything, but not before what it waits for has happened. */
async function startMuteModel(isReady: () => boolean): Promise<string> {
  const port = await findFreePort()
  const server = createServer((_, response) => {
    const timer = setInterval(() => {
      if (!isReady()) return
      clearInterval(timer)
      response.writeHead(400, { 'content-type': 'application/json' })
      response.end('{"type":"error","error":{"type":"invalid_request_error","message":"no"}}')
    }, 50)
    response.on('close', () => clearInterval(timer))
  })
  await new Promise<void>((ready) => {
    server.listen(port, '127.0.0.1', ready)
  })
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${port}`
}
