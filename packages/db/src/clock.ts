import { gt, lte, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

export const dayMs = 86_400_000

/** By the database's clock, to the millisecond: what is hashed has to survive the way out and back. */
export const now = sql`date_trunc('milliseconds', clock_timestamp())`

/** Moments by the database's clock: the only one that all processes share. */
export function hence(ms: number) {
  return sql`clock_timestamp() + ${ms}::double precision * interval '1 millisecond'`
}

export function ago(ms: number) {
  return sql`clock_timestamp() - ${ms}::double precision * interval '1 millisecond'`
}

export function isPast(moment: PgColumn) {
  return lte(moment, sql`clock_timestamp()`)
}

export function isAhead(moment: PgColumn) {
  return gt(moment, sql`clock_timestamp()`)
}
