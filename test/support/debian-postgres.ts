import { execFileSync } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { findFreePort } from '@countersign/runtime/free-port'
import { findAccount, runToEnd, startServer } from '@countersign/runtime/private-server'
import { onTestFinished } from 'vitest'
import { createFolder } from './create-folder.ts'
import { unpackDebianPackages } from './debian-packages.ts'

/** An older PostgreSQL than the embedded one, with the tools that operators have and that one lacks. */
export async function startDebianPostgres() {
  const { bin, env: own } = findPostgres()
  const env = { ...process.env, ...own, LC_ALL: 'C' }
  const dir = await createFolder()
  const data = join(dir, 'data')
  mkdirSync(data)
  const account = await findAccount([join(bin, 'postgres'), data])
  if (account.ids) chownSync(data, account.ids.uid, account.ids.gid)
  const options = ['--no-sync', '-U', 'postgres', '--auth=trust', '--encoding=UTF8']
  await runToEnd([join(bin, 'initdb'), '-D', data, ...options], account, env)
  const port = await findFreePort()
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off']
  const flags = settings.flatMap((setting) => ['-c', setting])
  const server = await startServer({
    command: [join(bin, 'postgres'), '-D', data, '-p', String(port), ...flags],
    account,
    env,
    readyText: 'ready to accept connections',
  })
  onTestFinished(() => server.stop())
  return {
    url: (database: string) => `postgres://postgres@127.0.0.1:${port}/${database}`,
    /** Runs one of its tools, such as `pg_dump`; gives what it printed. */
    run: (tool: string, args: readonly string[]) =>
      execFileSync(join(bin, tool), args, { env, encoding: 'utf8' }),
  }
}

/** The PostgreSQL of this machine, or else Debian's, unpacked privately. */
function findPostgres(): { bin: string; env: NodeJS.ProcessEnv } {
  const here = newestIn('/usr/lib/postgresql')
  if (here) return { bin: here, env: {} }
  const { root, env } = unpackDebianPackages('postgresql', ['postgresql-15'])
  const bin = newestIn(join(root, 'usr/lib/postgresql'))
  if (!bin) throw new Error('The packages hold no PostgreSQL.')
  return { bin, env }
}

function newestIn(folder: string): string | undefined {
  const versions = existsSync(folder) ? readdirSync(folder) : []
  return versions
    .toSorted((one, other) => Number(other) - Number(one))
    .map((version) => join(folder, version, 'bin'))
    .find((bin) => ['postgres', 'initdb', 'pg_dump'].every((name) => existsSync(join(bin, name))))
}
