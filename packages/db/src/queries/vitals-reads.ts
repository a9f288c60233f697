import { probeSetting } from '@countersign/core/operations/probe-served'
import type { Vitals } from '@countersign/core/operations/vitals'
import type { Reads } from '@countersign/core/reads'
import { sql } from 'drizzle-orm'
import type { Connection } from '../connection.ts'

/** How many of the latest approvals are looked at for one that is not served. */
const approvalsLookedAt = 500

interface Row extends Record<string, unknown> {
  due: number
  human: number
  unsealed: number
  untold: number
  delivery: number
  promotion: number
  open: Record<string, number>
  held: Record<string, number>
  settings: Record<string, unknown>
  alive: number
  active: number
  capacity: number
  now: string
}

/** Seconds since a moment; 0 if there is none. */
const age = (moment: ReturnType<typeof sql>) =>
  sql`greatest(0, coalesce(extract(epoch from clock_timestamp() - (${moment})), 0))::float8`

/** Reads the vitals in one round trip. Each part follows an index that holds no more than the backlog. */
export function createVitalsReads(db: Connection): Pick<Reads, 'readVitals'> {
  return {
    async readVitals() {
      const [row] = await db.execute<Row>(sql`
        select
          ${age(sql`select min(due_at) from submissions where due_at is not null`)} as due,
          ${age(sql`select created_at from submissions where status = 'needs_human' and ${isThere} order by id limit 1`)} as human,
          ${age(sql`select at from audit_entries where seq is null order by id limit 1`)} as unsealed,
          ${age(sql`select at from events where seq is null order by position nulls first, id limit 1`)} as untold,
          ${age(sql`select min(due_at) from webhook_deliveries where due_at is not null`)} as delivery,
          ${age(oldestUnserved)} as promotion,
          ${counts(sql`select status as key, count(*) from submissions where status in ('pending_llm', 'needs_human') and ${isThere} group by 1`)} as open,
          ${counts(sql`select hold_reason as key, count(*) from submissions where hold_reason is not null and ${isThere} group by 1`)} as held,
          (select coalesce(jsonb_object_agg(key, value), '{}') from settings) as settings,
          workers.*,
          clock_timestamp()::text as now
        from (
          select count(*)::int as alive, coalesce(sum(active), 0)::int as active,
            coalesce(sum(concurrency), 0)::int as capacity
          from workers where seen_at > clock_timestamp() - interval '30 seconds'
        ) workers`)
      if (!row) throw new Error('A query of one row gave none.')
      return toVitals(row)
    },
  }
}

/** Nobody decides on what is archived, so nobody is to be called for it. */
const isThere = sql`exists (
  select from entities where entities.id = entity_id and visibility_status <> 'archived'
)`

const oldestUnserved = sql`
  select min(latest.decided_at)
  from (
    select entity_id, n, decided_at from submissions
    where status in ('approved', 'overridden') order by id desc limit ${approvalsLookedAt}
  ) latest
  join entities on entities.id = latest.entity_id
  where entities.visibility_status in ('pending', 'approved') and latest.n > coalesce(entities.live_n, 0)`

const counts = (query: ReturnType<typeof sql>) =>
  sql`(select coalesce(jsonb_object_agg(key, count), '{}') from (${query}) counted)`

function toVitals({ settings, alive, active, capacity, open, held, now, ...ages }: Row): Vitals {
  return {
    oldestDueS: ages.due,
    oldestHumanS: ages.human,
    oldestUnsealedS: ages.unsealed,
    oldestUntoldS: ages.untold,
    oldestDeliveryS: ages.delivery,
    promotionLagS: ages.promotion,
    openReviews: open,
    held,
    isPaused: settings.paused === true,
    isReviewerRefused: typeof settings.reviewer_refusal === 'string',
    workers: { alive, active, capacity },
    probe: readProbe(settings[probeSetting], new Date(now)),
  }
}

function readProbe(value: unknown, now: Date): Vitals['probe'] {
  const { drifted, at } = (value ?? {}) as { drifted?: string[]; at?: string }
  if (drifted === undefined || at === undefined) return null
  return { drifted: drifted.length, ageS: Math.max(0, (now.getTime() - Date.parse(at)) / 1000) }
}
