import { genesis, verifyEntries } from '@countersign/core/audit/seal-entries'
import type { Database } from '@countersign/db/client'
import { createStore } from '@countersign/db/store'
import { gateBreaches } from './gate-breaches.ts'

/** What must never be found in the database, each with the query that would find it. */
const breaches: Readonly<Record<string, string>> = {
  ...gateBreaches,
  'an entity has two open reviews': `
    select entity_id as at from submissions where status in ('pending_llm', 'needs_human')
    group by entity_id having count(*) > 1`,
  'the numbers of an entity have a gap': `
    select id as at from entities join versions on versions.entity_id = entities.id
    group by id, highest_n having array_agg(n order by n) <> array(select generate_series(1, highest_n))`,
  'a version has no submission': `
    select entity_id as at from versions where not exists (select 1 from submissions
      where submissions.entity_id = versions.entity_id and submissions.n = versions.n)`,
  'an attempt was given two verdicts': `
    select resource as at from audit_entries where action in ('store.submission.approved',
      'store.submission.blocked_llm', 'store.submission.needs_human', 'store.submission.review_error')
      and actor_kind = 'system'
    group by resource, params ->> 'attempt' having count(*) > 1`,
  'what is served was never approved': `
    select entities.id as at from entities join submissions
      on submissions.entity_id = entities.id and submissions.n = entities.live_n
    where entities.visibility_status = 'approved' and not exists (select 1 from audit_entries
      where resource = 'submission:' || submissions.id
      and action in ('store.submission.approved', 'store.submission.overridden'))`,
  'what is served has no bytes on record': `
    select id as at from entities where visibility_status = 'approved' and not exists (
      select 1 from renditions where renditions.entity_id = entities.id
      and renditions.n = entities.live_n and renditions.slug = entities.slug)`,
  'the live version went backwards': `
    select data ->> 'entity_id' as at from (select data, lag((data ->> 'version_no')::int)
      over (partition by data ->> 'entity_id' order by seq) as before
      from events where type = 'entity.promoted') promoted
    where before > (data ->> 'version_no')::int`,
  'a settled submission has no record of how': `
    select id as at from submissions where status not in ('pending_llm', 'needs_human')
    and not exists (select 1 from audit_entries where resource = 'submission:' || submissions.id
      and action = 'store.submission.' || status)`,
  'changes on record and events told are not the same number': `
    select coalesce(recorded.id, told.id) as at from
      (select substr(resource, 12) as id, count(*) from audit_entries
        where action like 'store.submission.%' and action not in ('store.submission.bundle_downloaded',
          'store.submission.bg_verdict_skipped', 'store.submission.purged') group by 1) recorded
      full join (select data ->> 'submission_id' as id, count(*) from events
        where type like 'submission.%' group by 1) told using (id)
    where recorded.count is distinct from told.count`,
  'an event was written without its place in the order': `
    select id::text as at from events where position is null
    and at > (select min(at) from events where position is not null)`,
  'an event was told twice to one webhook': `
    select event_id::text as at from webhook_deliveries where redelivery_of is null
    group by webhook_id, event_id having count(*) > 1`,
}

/** Everything in the database that must never be there; empty where all is well. */
export async function listBreaches(db: Database): Promise<string[]> {
  const found: string[] = []
  for (const [breach, query] of Object.entries(breaches)) {
    const rows = await db.$client.unsafe(query)
    found.push(...rows.map(({ at }) => `${breach}: ${at}`))
  }
  const chain = verifyEntries(await createStore(db).audit.listSealed(0, 1_000_000), genesis)
  return chain.ok ? found : [...found, `the audit's chain is broken at ${chain.brokenAt}`]
}
