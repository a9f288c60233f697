import {
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible'
import { createPool } from './postgres-pool.ts'
import { createRedisClient } from './redis-client.ts'

/** Counts what each key does in windows of time, for all processes together. */
export interface RateLimiter {
  /** Counts one; gives how long to wait if that was one too many. */
  consume(key: string): Promise<{ retryAfterMs: number } | undefined>
  /** Whether the key has nothing left, without counting. */
  isSpent(key: string): Promise<{ retryAfterMs: number } | undefined>
}

export interface RateLimiters {
  create(options: { name: string; points: number; windowS: number }): Promise<RateLimiter>
  close(): Promise<void>
}

/** Rate limiters on Redis, which hold by process while it is away; on PostgreSQL where there is none. */
export function createRateLimiters(engine: {
  redisUrl: string | undefined
  databaseUrl: string
  onError(error: Error): void
}): RateLimiters {
  return engine.redisUrl
    ? createOnRedis(engine.redisUrl, engine.onError)
    : createOnPostgres(engine.databaseUrl)
}

function createOnRedis(url: string, onError: (error: Error) => void): RateLimiters {
  const storeClient = createRedisClient(url, { failFast: true })
  storeClient.on('error', onError)
  return {
    async create({ name, points, windowS }) {
      const options = { keyPrefix: `countersign:limit:${name}`, points, duration: windowS }
      // While Redis is away each process counts for itself: to refuse everybody would limit nobody.
      const insuranceLimiter = new RateLimiterMemory(options)
      return wrap(new RateLimiterRedis({ ...options, storeClient, insuranceLimiter }), points)
    },
    async close() {
      storeClient.disconnect()
    },
  }
}

function createOnPostgres(url: string): RateLimiters {
  const storeClient = createPool(url, { max: 4 })
  return {
    create({ name, points, windowS }) {
      const options = { storeClient, keyPrefix: name, points, duration: windowS }
      return new Promise((resolve, reject) => {
        const limiter = new RateLimiterPostgres(
          { ...options, storeType: 'pool', tableName: 'rate_limits' },
          (error) => (error ? reject(error) : resolve(wrap(limiter, points))),
        )
      })
    },
    async close() {
      await storeClient.end()
    },
  }
}

function wrap(limiter: RateLimiterRedis | RateLimiterPostgres, points: number): RateLimiter {
  return {
    async consume(key) {
      try {
        await limiter.consume(key)
        return undefined
      } catch (error) {
        if (error instanceof RateLimiterRes) return { retryAfterMs: error.msBeforeNext }
        throw error
      }
    },
    async isSpent(key) {
      const state = await limiter.get(key)
      const isSpent = state !== null && state.consumedPoints >= points
      return isSpent ? { retryAfterMs: state.msBeforeNext } : undefined
    },
  }
}
