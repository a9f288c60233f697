import { capabilityNames } from '@countersign/core/capabilities/capabilities'
import type { Database } from '@countersign/db/client'
import type { TransactionSql } from 'postgres'
import type { Lab } from './lab.ts'

/** What a bundle without any capability can do. */
const nothing = JSON.stringify(Object.fromEntries(capabilityNames.map((name) => [name, []])))

/** Versions of each entity in a history. */
const versionsEach = 4

/** The databases that were made in a lab, by how much they hold. */
const made = new WeakMap<Lab, Map<number, ReturnType<typeof writeHistory>>>()

/**
 * A database in which so many submissions were made over a year: decided, audited and told, with one
 * in a thousand still waiting for a person. Written by the database itself, as it takes minutes all
 * the same; so whoever asks the same lab again gets the same one.
 */
export async function createHistory(lab: Lab, count: number): Promise<Database & { url: string }> {
  const known = made.get(lab) ?? new Map()
  made.set(lab, known)
  if (!known.has(count)) known.set(count, writeHistory(lab, count))
  return known.get(count)
}

async function writeHistory(lab: Lab, count: number): Promise<Database & { url: string }> {
  const db = await lab.createDatabase()
  const { $client: sql } = db
  await sql`create function past_id(nth bigint, kind int) returns uuid language sql immutable as $$
    select (lpad(to_hex(1700000000000 + nth * 31), 12, '0') || '7' || lpad(to_hex(kind), 3, '0')
      || '8' || lpad(to_hex(nth), 15, '0'))::uuid $$`
  await sql`create unlogged table past as
    select nth, past_id((nth + ${versionsEach} - 1) / ${versionsEach} * ${versionsEach}, 1) as entity_id,
      1 + (nth - 1) % ${versionsEach} as n, encode(sha256(nth::text::bytea), 'hex') as hash,
      past_id(1 + nth % 1000, 0) as person,
      now() - interval '1 year' * (1 - nth::float8 / ${count}) as at,
      case when nth % 1000 = 0 then 'needs_human' when nth % 10 = 0 then 'blocked_llm'
        when nth % 50 = 1 then 'blocked_inline' else 'approved' end as status
    from generate_series(1, ${count}::bigint) nth`
  const indexes = await dropIndexes(sql)
  await Promise.all([
    fill(sql, (tx) => fillShelf(tx, count)),
    fill(sql, (tx) => fillRecord(tx)),
    fill(sql, (tx) => fillReviews(tx)),
  ])
  await Promise.all(indexes.map((definition) => sql.unsafe(definition)))
  await sql`insert into submission_tallies
    select status, type, false, count(*) from submissions join entities on entities.id = entity_id
    group by 1, 2`
  await sql`select setval('event_seq', ${count} + 1)`
  await sql`drop table past`
  await sql`vacuum analyze`
  return db
}

type Sql = Database['$client']

/** The rows are made to fit each other; what would check that would only take longer. */
async function fill(sql: Sql, work: (tx: TransactionSql) => Promise<unknown>): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`
    await tx`set local synchronous_commit = off`
    await work(tx)
  })
}

/** An index is made of a million rows in a fraction of the time that it takes to grow it row by row. */
async function dropIndexes(sql: Sql): Promise<string[]> {
  const indexes = await sql<{ name: string; definition: string }[]>`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
    from pg_index join pg_class on pg_class.oid = indrelid
    where relnamespace = 'public'::regnamespace and not indisprimary
      and relname in ('submissions', 'renditions', 'audit_entries', 'events', 'review_calls')
      and not exists (select 1 from pg_constraint where conindid = indexrelid)`
  for (const { name } of indexes) await sql`drop index ${sql(name)}`
  return indexes.map(({ definition }) => definition)
}

async function fillShelf(tx: TransactionSql, count: number): Promise<void> {
  const entities = Math.ceil(count / versionsEach)
  await tx`insert into principals (id, kind, email, handle, role)
    select past_id(nth, 0), 'user', 'person-' || nth || '@example.com', 'person-' || nth, 'user'
    from generate_series(1, 1000) nth`
  await tx`insert into entities (id, type, owner_id, name, slug, description, visibility_status, live_n, highest_n)
    select past_id(nth * ${versionsEach}, 1), (array['skill', 'agent', 'plugin'])[1 + nth % 3],
      past_id(1 + nth % 1000, 0), 'past-' || nth, 'past-' || nth || '-by-person', 'What it was for.',
      'approved', ${versionsEach}, ${versionsEach}
    from generate_series(1, ${entities}::bigint) nth`
  await tx`insert into slug_claims (slug, entity_id, is_current) select slug, id, true from entities`
  await tx`insert into versions (entity_id, n, content_hash, created_by, created_at)
    select entity_id, n, hash, person, at from past`
  await tx`insert into renditions (entity_id, n, slug, hash, size, files, created_at)
    select entity_id, n, 'past', hash, 4096, '[]', at from past`
}

async function fillRecord(tx: TransactionSql): Promise<void> {
  await tx`insert into audit_entries (id, at, actor_id, actor_kind, action, resource, seq, prev_hash, hash)
    select past_id(nth, 3 + step), at, person::text, 'user',
      (array['store.submission.accepted', 'store.submission.approved'])[1 + step],
      'submission:' || past_id(nth, 2), nth * 2 + step, hash, hash
    from past cross join generate_series(0, 1) step`
  await tx`insert into events (id, seq, type, at, audience_id, data)
    select past_id(nth, 5), nth, 'submission.approved', at, person, '{}' from past`
}

async function fillReviews(tx: TransactionSql): Promise<void> {
  await tx`insert into submissions (id, entity_id, n, status, submitter_id, slug, version_hash,
      file_size, checks, capabilities, capability_delta, policy_version, decided_at, created_at)
    select past_id(nth, 2), entity_id, n, status, person, 'past', hash, 4096,
      '{"manifest": "pass", "static_security": "pass", "content": "pass", "quality": "pass"}',
      ${nothing}::text::jsonb, '{}', 'past', case when status = 'needs_human' then null else at end, at from past`
  await tx`insert into review_calls (id, submission_id, attempt, model, outcome, input_tokens,
      output_tokens, cache_read_tokens, cost_usd, duration_ms, prompt_key, at)
    select past_id(nth, 6), past_id(nth, 2), 1, 'past', 'answered', 4000, 300, 0, 0.003, 900, 'past', at
    from past`
}
