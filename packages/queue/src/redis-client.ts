import { requireAdmitted } from '@countersign/egress/guard/admit'
import { targetOf } from '@countersign/egress/guard/target'
import { Cluster, Redis } from 'ioredis'

export type RedisClient = Redis | Cluster

/** Reconnects fast: BullMQ's own pause grows to 20 s, which work would wait for after a short outage. */
const retryStrategy = (times: number) => Math.min(50 * 2 ** Math.min(times, 6), 1_000)

/**
 * Connects to Redis. Several URLs with commas between them are nodes of one cluster.
 *
 * `failFast` makes commands fail at once while Redis is away; without it they wait for its return.
 */
export function createRedisClient(url: string, { failFast }: { failFast: boolean }): RedisClient {
  const options = {
    retryStrategy,
    enableOfflineQueue: !failFast,
    maxRetriesPerRequest: failFast ? 0 : null,
  }
  const nodes = url.split(',').map((node) => node.trim())
  for (const node of nodes) requireAdmitted(targetOf('redis', node), 'connect')
  if (nodes.length === 1) return new Redis(url, options)
  const first = new URL(nodes[0] ?? url)
  return new Cluster(nodes, {
    enableOfflineQueue: !failFast,
    clusterRetryStrategy: retryStrategy,
    redisOptions: {
      maxRetriesPerRequest: failFast ? 0 : null,
      ...(first.username ? { username: decodeURIComponent(first.username) } : {}),
      ...(first.password ? { password: decodeURIComponent(first.password) } : {}),
      ...(first.protocol === 'rediss:' ? { tls: {} } : {}),
    },
  })
}
