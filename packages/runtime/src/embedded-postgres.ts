import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { chmod, chown, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ConfigurationError } from './configuration-error.ts'
import { findFreePort } from './free-port.ts'
import { findPostgresBinaries } from './postgres-binaries.ts'
import { type Account, findAccount, runToEnd, startServer } from './private-server.ts'

export interface EmbeddedPostgres {
  /** The address of one database of the server, by default of `postgres`. */
  url(database?: string): string
  stop(): Promise<void>
}

/**
 * Starts the PostgreSQL that npm brought, on a free port of the loopback interface, with its data in `dir`.
 *
 * The server ends with this process, even if this process is killed. As root it runs as another user,
 * because PostgreSQL refuses to be root. `isDurable: false` trades safety for speed, for tests.
 */
export async function startEmbeddedPostgres(options: {
  dir: string
  isDurable?: boolean
  settings?: Readonly<Record<string, string>>
}): Promise<EmbeddedPostgres> {
  const dir = resolve(options.dir)
  const isDurable = options.isDurable ?? true
  const { initdb, postgres } = findPostgresBinaries()
  await mkdir(dir, { recursive: true })
  const account = await findAccount([postgres, dir])
  await openFor(account, dir)
  if (!existsSync(join(dir, 'ready'))) await initialize(initdb, dir, account, isDurable)
  await waitForPredecessor(dir)

  const port = await findFreePort()
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    ...(isDurable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
    ...options.settings,
  }
  const flags = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])
  const server = await startServer({
    command: [postgres, '-D', join(dir, 'data'), '-p', String(port), ...flags],
    account,
    readyText: 'ready to accept connections',
  })
  const password = readFileSync(join(dir, 'password'), 'utf8')
  return {
    url: (database = 'postgres') => `postgres://postgres:${password}@127.0.0.1:${port}/${database}`,
    stop: server.stop,
  }
}

/** Makes a folder that root owns passable for the account that the server runs as. */
async function openFor(account: Account, dir: string): Promise<void> {
  if (!account.ids) return
  const parent = resolve(dir, '..')
  const { mode, uid } = await stat(parent)
  if (uid === 0) await chmod(parent, mode | 0o011)
}

/** `initdb` writes its first files early, so only our own marker says that it came to its end. */
async function initialize(initdb: string, dir: string, account: Account, isDurable: boolean) {
  const data = join(dir, 'data')
  const password = join(dir, 'password')
  await rm(data, { recursive: true, force: true })
  await writeFile(password, randomBytes(24).toString('base64url'), { mode: 0o600 })
  await chmod(dir, 0o700)
  if (account.ids) {
    for (const path of [dir, password]) await chown(path, account.ids.uid, account.ids.gid)
  }
  await runToEnd(
    [
      initdb,
      ...['-D', data, '-U', 'postgres', `--pwfile=${password}`, '--auth=scram-sha-256'],
      ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
      ...(isDurable ? [] : ['--no-sync']),
    ],
    account,
  )
  await writeFile(join(dir, 'ready'), '')
}

/** A server whose program was killed is still ending itself; one that stays belongs to someone else. */
async function waitForPredecessor(dir: string): Promise<void> {
  const file = join(dir, 'data', 'postmaster.pid')
  for (let waitedMs = 0; waitedMs < 10_000; waitedMs += 50) {
    const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0])
    if (!pid || !isAlive(pid)) return
    await sleep(50)
  }
  throw new ConfigurationError(
    `Another process is using the database in ${dir}. Stop it, or set DATA_DIR.`,
  )
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
