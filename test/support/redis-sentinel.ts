import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findFreePort } from '@countersign/runtime/free-port'
import { startServer } from '@countersign/runtime/private-server'
import { Redis } from 'ioredis'
import { findRedis, startRedis } from './redis-server.ts'

const name = 'shop'

/** A master, its replica, and a sentinel that makes the one the other when the first is gone. */
export async function startRedisWithSentinel(dir: string) {
  const master = await startRedis({ dir: join(dir, 'master') })
  const { hostname, port: masterPort } = new URL(master.url)
  const flags = ['--replicaof', hostname, masterPort, '--repl-diskless-sync-delay', '0']
  const replica = await startRedis({ dir: join(dir, 'replica'), flags })
  const port = await findFreePort()
  const settings = join(dir, 'sentinel.conf')
  // A sentinel writes what it learns into its own settings.
  writeFileSync(
    settings,
    `port ${port}
bind 127.0.0.1
dir ${dir}
sentinel monitor ${name} ${hostname} ${masterPort} 1
sentinel down-after-milliseconds ${name} 500
sentinel failover-timeout ${name} 3000
`,
  )
  const { program, env } = findRedis()
  const sentinel = await startServer({
    command: [program, settings, '--sentinel'],
    env: { ...process.env, ...env },
    readyText: '+monitor master',
  })
  await untilFollowed(replica.url)
  await untilKnown(port)

  return {
    url: `redis+sentinel://127.0.0.1:${port}/${name}`,
    replicaUrl: replica.url,
    /** Lets the master go, for good. */
    loseMaster: () => master.stop(),
    async stop() {
      for (const server of [sentinel, replica, master]) await server.stop()
    },
  }
}

async function untilFollowed(url: string): Promise<void> {
  const replica = new Redis(url)
  while (!/master_link_status:up/.test(await replica.info('replication'))) await pause()
  replica.disconnect()
}

async function untilKnown(port: number): Promise<void> {
  const sentinel = new Redis({ port })
  const list = async () => String(await sentinel.call('sentinel', 'replicas', name))
  while (!/master-link-status,ok/.test(await list())) await pause()
  sentinel.disconnect()
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 100))
}
