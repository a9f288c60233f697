import { requireAdmitted } from '@countersign/egress/guard/admit'
import { targetOf } from '@countersign/egress/guard/target'
import pg from 'pg'

/** A pool of connections whose failures in idleness are nobody's. What they cost, queries tell. */
export function createPool(url: string, options: Omit<pg.PoolConfig, 'connectionString'>): pg.Pool {
  requireAdmitted(targetOf('database', url), 'connect')
  const pool = new pg.Pool({ connectionString: url, ...options })
  pool.on('error', () => {})
  return pool
}
