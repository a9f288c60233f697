import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { findFreePort } from '@countersign/runtime/free-port'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let dataDir = ''

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'countersign-start-'))
})
afterAll(() => rm(dataDir, { recursive: true, force: true }))

describe('npm start', () => {
  test('tells the address and, the first time only, the password', async () => {
    const first = await startByNpm()
    expect(first.output()).toContain(first.url)
    expect(first.output()).toMatch(/first admin is admin@localhost with the password \S+/)
    await first.stopWith('SIGTERM')

    const second = await startByNpm()
    expect(second.output()).toContain(second.url)
    expect(second.output()).not.toContain('password')
    await second.stopWith('SIGTERM')
  })

  test.each([
    'SIGTERM',
    'SIGINT',
    'SIGKILL',
  ] as const)('ended by %s leaves neither a server nor a database behind', async (signal) => {
    const service = await startByNpm()
    const database = await databasePid()
    await service.stopWith(signal)
    await expect.poll(() => isAlive(database)).toBe(false)
    await expect.poll(() => answers(service.url)).toBe(false)
  })
})

describe('what cannot start', () => {
  test.each([
    ['start', { PORT: 'abc' }, 'PORT'],
    ['start', { HUMAN_REVIEW_FOR: 'sometimes' }, 'HUMAN_REVIEW_FOR'],
    ['start', { BLOB_STORE: 's3' }, 'S3_BUCKET'],
    ['start:worker', { DATABASE_URL: '' }, 'DATABASE_URL'],
  ] as const)('ends with code 2 and names the key: npm run %s with %j', async (script, env, key) => {
    const child = spawn('npm', ['run', script], {
      env: { ...process.env, DATA_DIR: dataDir, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const [output, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')])
    expect(code).toBe(2)
    expect(output).toContain(key)
    expect(output).not.toMatch(/^ {4}at /m)
  })
})

/** Runs the README's command until it is ready, as a shell or a supervisor would. */
async function startByNpm() {
  const port = await findFreePort()
  const child = spawn('npm', ['start'], {
    env: { ...process.env, PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += String(chunk)
    })
  }
  const url = `http://127.0.0.1:${port}`
  await expect.poll(() => answers(url), { timeout: 60_000, interval: 100 }).toBe(true)
  await expect.poll(() => output).toContain(url)
  return { url, output: () => output, stopWith: (signal: NodeJS.Signals) => stop(child, signal) }
}

async function stop(child: ChildProcess, signal: NodeJS.Signals) {
  const exited = once(child, 'exit')
  child.kill(signal)
  await exited
}

const answers = (url: string) =>
  fetch(`${url}/health/ready`).then(
    (response) => response.ok,
    () => false,
  )

async function databasePid(): Promise<number> {
  const file = await readFile(join(dataDir, 'postgres', 'data', 'postmaster.pid'), 'utf8')
  return Number(file.split('\n')[0])
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
