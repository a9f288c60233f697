import { requireAdmitted } from '@countersign/egress/guard/admit'
import { targetOf } from '@countersign/egress/guard/target'
import { drizzle } from 'drizzle-orm/postgres-js'
import { postgres } from './driver.ts'
import { endWithLine } from './end-with-line.ts'
import { prepareStatements } from './prepare-statements.ts'

/**
 * Opens a pool. Close it with `await db.$client.end()`.
 *
 * A line asks nothing of its own: the driver would have it learn what array types there are, and a line
 * that is cut off at that is never done. So arrays are columns of drizzle's, or JSON.
 */
export function connect(url: string, options: { max?: number; prepare?: boolean } = {}) {
  requireAdmitted(targetOf('database', url), 'connect')
  const client = postgres(url, { onnotice: () => {}, fetch_types: false, ...options })
  return drizzle(endWithLine(prepareStatements(client)))
}

export type Database = ReturnType<typeof connect>
