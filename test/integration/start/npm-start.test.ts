import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
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
  test('says in one line that the port is taken, and shows a password that counts once it is free', async () => {
    const fresh = join(dataDir, 'fresh')
    const squatter = createServer().listen(0, '127.0.0.1')
    await once(squatter, 'listening')
    const { port } = squatter.address() as AddressInfo
    const child = spawn('npm', ['start'], {
      env: { ...process.env, PORT: String(port), DATA_DIR: fresh, LOG_LEVEL: 'warn' },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')])
    squatter.close()
    expect(code).toBe(1)
    const told = output.split('\n').filter((line) => line.startsWith('{'))
    expect(told).toEqual([expect.stringContaining(`another program listens on 127.0.0.1:${port}`)])
    expect(told[0]).not.toContain('stack')
    const [, password] = /admin@localhost with the password (\S+)/.exec(output) ?? []

    const service = await startByNpm(fresh)
    expect(service.output()).not.toContain('password')
    const entered = await fetch(`${service.url}/api/auth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'admin@localhost', password }),
    })
    expect(entered.status).toBe(200)
    await service.stopWith('SIGTERM')
  })

  test.each([
    'start:api',
    'start:worker',
  ])('says which folder cannot be written to: npm run %s', async (script) => {
    const child = spawn('npm', ['run', script], {
      env: {
        ...process.env,
        DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing',
        DATA_DIR: fileURLToPath(import.meta.url),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const reads = [text(child.stdout), text(child.stderr)] as const
    const [output, errors, [code]] = await Promise.all([...reads, once(child, 'exit')])
    expect(code).toBe(1)
    expect(output).toMatch(/"reason":"DATA_DIR: .*ENOTDIR/)
    expect(errors).toBe('')
  })

  test.each([
    ['start', { PORT: 'abc' }, 'PORT'],
    ['start', { WRITE_GUARD_DISABLED: 'true' }, 'WRITE_GUARD_DISABLED'],
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
async function startByNpm(dir = dataDir) {
  const port = await findFreePort()
  const child = spawn('npm', ['start'], {
    env: { ...process.env, PORT: String(port), DATA_DIR: dir, LOG_LEVEL: 'warn' },
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
