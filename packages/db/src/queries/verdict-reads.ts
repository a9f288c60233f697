import type { Reads } from '@countersign/core/reads'
import { sql } from 'drizzle-orm'
import type { Connection } from '../connection.ts'

/** How many of the newest submissions are looked at. */
const lookedAt = 500

interface Row extends Record<string, unknown> {
  last: string | null
  median: number | null
  p90: number | null
}

/** Reads how soon verdicts come, at a cost that does not grow with their number. */
export function createVerdictReads(db: Connection): Pick<Reads, 'readVerdictTimes'> {
  return {
    async readVerdictTimes() {
      const [row] = await db.execute<Row>(sql`
        select (${lastVerdict}) as last,
          (percentile_cont(0.5) within group (order by took_ms))::float8 as median,
          (percentile_cont(0.9) within group (order by took_ms))::float8 as p90
        from (${takenToday}) today`)
      return {
        lastAt: row?.last ? new Date(row.last) : null,
        medianMs: round(row?.median),
        p90Ms: round(row?.p90),
      }
    },
  }
}

const lastVerdict = sql`
  select max(newest.at)::text
  from unnest(array['approved', 'blocked_llm', 'overridden', 'rejected']) verdict
  cross join lateral (
    select at from audit_entries where action = 'store.submission.' || verdict
    order by id desc limit 1
  ) newest`

/** What the first verdict took. What the checks stop has its verdict at once, and nobody waits for it. */
const takenToday = sql`
  select extract(epoch from decided_at - created_at) * 1000 as took_ms
  from (
    select status, attempt, created_at, decided_at from submissions order by id desc limit ${lookedAt}
  ) newest
  where created_at > clock_timestamp() - interval '24 hours' and attempt = 1
    and status in ('approved', 'blocked_llm', 'overridden', 'rejected')`

function round(ms: number | null | undefined): number | null {
  return ms === null || ms === undefined ? null : Math.round(ms)
}
