import type { Database } from '@countersign/db/client'
import type { Lab } from './lab.ts'

/** What a bundle without any capability can do. */
const nothing = JSON.stringify(
  Object.fromEntries(
    [
      'hooks',
      'mods',
      'mcp',
      'hosts',
      'commands',
      'tools',
      'bin',
      'env',
      'dependencies',
      'unread',
    ].map((name) => [name, []]),
  ),
)

/** Versions of each entity in a history. */
const versionsEach = 4

/**
 * A database in which so many submissions were made over a year: decided, audited and told, with one
 * in a thousand still waiting for a person. Written by the database itself, so that it takes minutes.
 */
export async function createHistory(lab: Lab, count: number): Promise<Database & { url: string }> {
  const db = await lab.createDatabase()
  const { $client: sql } = db
  const entities = Math.ceil(count / versionsEach)
  await sql`create function past_id(nth bigint, kind int) returns uuid language sql immutable as $$
    select (lpad(to_hex(1700000000000 + nth * 31), 12, '0') || '7' || lpad(to_hex(kind), 3, '0')
      || '8' || lpad(to_hex(nth), 15, '0'))::uuid $$`
  await sql.begin(async (tx) => {
    // The rows are made to fit each other; what would check that would only take longer.
    await tx`set local session_replication_role = replica`
    await tx`set local synchronous_commit = off`
    await tx`insert into principals (id, kind, email, handle, role)
      select past_id(nth, 0), 'user', 'person-' || nth || '@example.com', 'person-' || nth, 'user'
      from generate_series(1, 1000) nth`
    await tx`insert into entities (id, type, owner_id, name, slug, description, visibility_status, live_n, highest_n)
      select past_id(nth * ${versionsEach}, 1), (array['skill', 'agent', 'plugin'])[1 + nth % 3],
        past_id(1 + nth % 1000, 0), 'past-' || nth, 'past-' || nth || '-by-person', 'What it was for.',
        'approved', ${versionsEach}, ${versionsEach}
      from generate_series(1, ${entities}::bigint) nth`
    await tx`insert into slug_claims (slug, entity_id, is_current) select slug, id, true from entities`
    await tx`create temporary table past on commit drop as
      select nth, past_id((nth + ${versionsEach} - 1) / ${versionsEach} * ${versionsEach}, 1) as entity_id,
        1 + (nth - 1) % ${versionsEach} as n, encode(sha256(nth::text::bytea), 'hex') as hash,
        past_id(1 + nth % 1000, 0) as person,
        now() - interval '1 year' * (1 - nth::float8 / ${count}) as at,
        case when nth % 1000 = 0 then 'needs_human' when nth % 10 = 0 then 'blocked_llm'
          when nth % 50 = 1 then 'blocked_inline' else 'approved' end as status
      from generate_series(1, ${count}::bigint) nth`
    await tx`insert into versions (entity_id, n, content_hash, created_by, created_at)
      select entity_id, n, hash, person, at from past`
    await tx`insert into renditions (entity_id, n, slug, hash, size, files, created_at)
      select entity_id, n, 'past', hash, 4096, '[]', at from past`
    await tx`insert into submissions (id, entity_id, n, status, submitter_id, slug, version_hash,
        file_size, checks, capabilities, capability_delta, policy_version, decided_at, created_at)
      select past_id(nth, 2), entity_id, n, status, person, 'past', hash, 4096,
        '{"manifest": "pass", "static_security": "pass", "content": "pass", "quality": "pass"}',
        ${nothing}::text::jsonb, '{}', 'past', case when status = 'needs_human' then null else at end, at from past`
    await tx`insert into audit_entries (id, at, actor_id, actor_kind, action, resource, seq, prev_hash, hash)
      select past_id(nth, 3 + step), at, person::text, 'user',
        (array['store.submission.accepted', 'store.submission.approved'])[1 + step],
        'submission:' || past_id(nth, 2), nth * 2 + step, hash, hash
      from past cross join generate_series(0, 1) step`
    await tx`insert into events (id, seq, type, at, audience_id, data)
      select past_id(nth, 5), nth, 'submission.approved', at, person, '{}' from past`
    await tx`insert into review_calls (id, submission_id, attempt, model, outcome, input_tokens,
        output_tokens, cache_read_tokens, cost_usd, duration_ms, prompt_key, at)
      select past_id(nth, 6), past_id(nth, 2), 1, 'past', 'answered', 4000, 300, 0, 0.003, 900, 'past', at
      from past`
    await tx`insert into submission_tallies
      select status, type, false, count(*) from submissions join entities on entities.id = entity_id
      group by 1, 2`
    await tx`select setval('event_seq', ${count} + 1)`
  })
  await sql`vacuum analyze`
  return db
}
