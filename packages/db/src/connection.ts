import type { Database } from './client.ts'

/** A pool, or a transaction of it: repositories work on both. */
export type Connection = Database | Parameters<Parameters<Database['transaction']>[0]>[0]
