import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findFreePort } from '@countersign/runtime/free-port'
import { findAccount, startServer } from '@countersign/runtime/private-server'
import { findOnPath, unpackDebianPackages } from './debian-packages.ts'

/**
 * Starts a PgBouncer that shares few connections to a database between transactions, as operators do:
 * nothing that a client leaves on its connection is there for its next transaction.
 */
export async function startPgBouncer(
  databaseUrl: string,
): Promise<{ url: string; stop(): Promise<void> }> {
  const { program, env } = findPgBouncer()
  const dir = mkdtempSync(join(tmpdir(), 'countersign-pgbouncer-'))
  chmodSync(dir, 0o755)
  const target = new URL(databaseUrl)
  const port = await findFreePort()
  const database = target.pathname.slice(1)
  const password = decodeURIComponent(target.password)
  const settings = join(dir, 'pgbouncer.ini')
  writeFileSync(join(dir, 'users.txt'), `"${target.username}" "${password}"\n`)
  writeFileSync(
    settings,
    `[databases]
${database} = host=127.0.0.1 port=${target.port} dbname=${database} user=${target.username} password=${password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = plain
auth_file = ${join(dir, 'users.txt')}
pool_mode = transaction
default_pool_size = 4
max_client_conn = 200
`,
  )
  const server = await startServer({
    command: [program, settings],
    account: await findAccount([program, settings]),
    readyText: 'process up',
    env: { ...process.env, ...env },
  })
  const url = new URL(databaseUrl)
  url.port = String(port)
  return {
    url: url.href,
    async stop() {
      await server.stop()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

function findPgBouncer(): { program: string; env: NodeJS.ProcessEnv } {
  const program = findOnPath('pgbouncer')
  if (program) return { program, env: {} }
  const { root, env } = unpackDebianPackages('pgbouncer', ['pgbouncer'])
  return { program: join(root, 'usr/sbin/pgbouncer'), env }
}
