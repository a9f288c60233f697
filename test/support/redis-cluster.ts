import { join } from 'node:path'
import { Redis } from 'ioredis'
import { type RedisServer, startRedis } from './redis-server.ts'

const slots = 16_384
const masters = 3

/** Starts three masters that share the keys between them, and waits until all of them agree. */
export async function startRedisCluster(dir: string): Promise<RedisServer> {
  const flags = ['--cluster-enabled', 'yes', '--databases', '1']
  const servers = await Promise.all(
    Array.from({ length: masters }, (_, nth) => startRedis({ dir: join(dir, `${nth}`), flags })),
  )
  const clients = servers.map(({ url }) => new Redis(url))
  const [first] = servers.map(({ url }) => new URL(url))
  for (const [nth, client] of clients.entries()) {
    const [from, to] = [nth, nth + 1].map((share) => Math.floor((share * slots) / masters))
    await client.call('cluster', 'addslotsrange', `${from}`, `${Number(to) - 1}`)
    await client.call('cluster', 'meet', '127.0.0.1', first?.port ?? '')
  }
  for (const client of clients) await untilAgreed(client)
  for (const client of clients) client.disconnect()
  return {
    url: servers.map(({ url }) => url).join(','),
    async stop() {
      await Promise.all(servers.map((server) => server.stop()))
    },
  }
}

async function untilAgreed(client: Redis): Promise<void> {
  for (;;) {
    const info = String(await client.call('cluster', 'info'))
    if (/cluster_state:ok/.test(info) && /cluster_known_nodes:3/.test(info)) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
