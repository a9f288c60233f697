import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'

/** Opens a pool. Close it with `await db.$client.end()`. */
export function connect(url: string, options: { max?: number; prepare?: boolean } = {}) {
  return drizzle(postgres(url, { onnotice: () => {}, ...options }))
}

export type Database = ReturnType<typeof connect>
