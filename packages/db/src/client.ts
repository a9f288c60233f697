import { requireAdmitted } from '@countersign/egress/guard/admit'
import { targetOf } from '@countersign/egress/guard/target'
import { drizzle } from 'drizzle-orm/postgres-js'
import { postgres } from './driver.ts'
import { prepareStatements } from './prepare-statements.ts'

/** Opens a pool. Close it with `await db.$client.end()`. */
export function connect(url: string, options: { max?: number; prepare?: boolean } = {}) {
  requireAdmitted(targetOf('database', url), 'connect')
  return drizzle(prepareStatements(postgres(url, { onnotice: () => {}, ...options })))
}

export type Database = ReturnType<typeof connect>
