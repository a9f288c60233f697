import { sql } from 'drizzle-orm'

/** By the database's clock, to the millisecond: what is hashed has to survive the way out and back. */
export const now = sql`date_trunc('milliseconds', clock_timestamp())`

/** Moments by the database's clock: the only one that all processes share. */
export function hence(ms: number) {
  return sql`clock_timestamp() + ${ms}::double precision * interval '1 millisecond'`
}

export function ago(ms: number) {
  return sql`clock_timestamp() - ${ms}::double precision * interval '1 millisecond'`
}
