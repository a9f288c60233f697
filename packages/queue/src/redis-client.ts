import { requireAdmitted } from '@countersign/egress/guard/admit'
import { targetOf } from '@countersign/egress/guard/target'
import { Cluster, Redis } from 'ioredis'

export type RedisClient = Redis | Cluster

const sentinelPort = 26_379

/** Reconnects fast: BullMQ's own pause grows to 20 s, which work would wait for after a short outage. */
const retryStrategy = (times: number) => Math.min(50 * 2 ** Math.min(times, 6), 1_000)

/**
 * Connects to Redis. Several URLs with commas between them are nodes of one cluster; of
 * `redis+sentinel://`, the sentinels that know which server is the master of the name in the path.
 *
 * `failFast` makes commands fail at once while Redis is away; without it they wait for its return.
 */
export function createRedisClient(url: string, { failFast }: { failFast: boolean }): RedisClient {
  const options = {
    retryStrategy,
    enableOfflineQueue: !failFast,
    maxRetriesPerRequest: failFast ? 0 : null,
  }
  const nodes = url.split(',').map((node) => new URL(node.trim()))
  for (const { href } of nodes) requireAdmitted(targetOf('redis', href), 'connect')
  const [first] = nodes
  if (first?.protocol.endsWith('+sentinel:')) {
    return new Redis({
      ...options,
      ...askSentinels(first, nodes),
      sentinelRetryStrategy: retryStrategy,
    })
  }
  if (!first || nodes.length === 1) return new Redis(url, options)
  return new Cluster(
    nodes.map(({ href }) => href),
    {
      enableOfflineQueue: !failFast,
      clusterRetryStrategy: retryStrategy,
      redisOptions: { maxRetriesPerRequest: options.maxRetriesPerRequest, ...identify(first) },
    },
  )
}

/** `redis+sentinel://user:password@sentinel:26379/mymaster/0`: the master's name, and the database. */
function askSentinels(first: URL, nodes: readonly URL[]) {
  const [name = '', db = '0'] = first.pathname.slice(1).split('/')
  return {
    name: decodeURIComponent(name),
    db: Number(db),
    sentinels: nodes.map(({ hostname, port }) => ({
      host: hostname,
      port: Number(port || sentinelPort),
    })),
    enableTLSForSentinelMode: first.protocol.startsWith('rediss'),
    ...identify(first),
  }
}

/** Who connects, and whether over TLS. The first URL says it for all of them. */
function identify({ username, password, protocol }: URL) {
  return {
    ...(username ? { username: decodeURIComponent(username) } : {}),
    ...(password ? { password: decodeURIComponent(password) } : {}),
    ...(protocol.startsWith('rediss') ? { tls: {} } : {}),
  }
}
