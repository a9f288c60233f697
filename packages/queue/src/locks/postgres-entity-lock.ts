import { createHash } from 'node:crypto'
import type pg from 'pg'
import { createPool } from '../postgres-pool.ts'
import { type EntityLock, LockTimeout } from './entity-lock.ts'
import { createLocalTurns } from './local-turns.ts'

const lockNotAvailable = '55P03'

/**
 * Entity locks as advisory locks of PostgreSQL: fair, and freed the moment the holder's connection
 * ends, however it ends. Each key that is worked on takes one connection of a pool of its own.
 */
export function createPostgresEntityLock(url: string, { poolMax = 20 } = {}): EntityLock {
  const pool = createPool(url, { max: poolMax, connectionTimeoutMillis: 5_000 })
  const turns = createLocalTurns()

  return {
    async withLock(key, waitMs, work) {
      const turn = await turns.take(key, waitMs)
      try {
        return await lockAndWork(pool, key, turn.leftMs, work)
      } finally {
        turn.end()
      }
    },

    async close() {
      await pool.end()
    },
  }
}

async function lockAndWork<T>(
  pool: pg.Pool,
  key: string,
  waitMs: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const client = await pool.connect().catch((error) => {
    throw new LockTimeout('No connection was free to wait with.', { cause: error })
  })
  const lost = new AbortController()
  const onError = (error: Error) => lost.abort(error)
  client.on('error', onError)
  try {
    await acquire(client, key, waitMs)
    return await work(lost.signal)
  } finally {
    client.off('error', onError)
    await release(client, lost.signal.aborted)
  }
}

/** A transaction holds the lock, so that it also works through a pooler that shares connections. */
async function acquire(client: pg.PoolClient, key: string, waitMs: number): Promise<void> {
  try {
    await client.query('begin')
    await client.query(`set local lock_timeout = ${Math.max(1, Math.trunc(waitMs))}`)
    await client.query('select pg_advisory_xact_lock($1::bigint)', [hashKey(key)])
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === lockNotAvailable)) throw error
    throw new LockTimeout('The lock was not free in time.', { cause: error })
  }
}

async function release(client: pg.PoolClient, isLost: boolean): Promise<void> {
  if (isLost) return client.release(true)
  await client.query('rollback').then(
    () => client.release(),
    (error) => client.release(error),
  )
}

function hashKey(key: string): string {
  return createHash('sha256').update(key).digest().readBigInt64BE().toString()
}
