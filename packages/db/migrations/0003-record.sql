-- What happened, for those who check, and for those who must be told.

create table audit_entries (
  id uuid primary key,
  at timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
  actor_id text not null,
  actor_kind text not null check (actor_kind in ('user', 'agent', 'system')),
  action text not null,
  -- `entity:<id>`, `submission:<id>` …
  resource text not null,
  params jsonb not null default '{}',
  -- Written once, by the sealer, which chains the entries in batches. Writers never queue behind it.
  seq bigint unique,
  prev_hash text,
  hash text,
  constraint sealed_whole check (
    (seq is null) = (hash is null) and (seq is null) = (prev_hash is null)
  )
);

create index audit_entries_unsealed on audit_entries (id) where seq is null;
create index audit_entries_resource on audit_entries (resource, id desc);
create index audit_entries_actor on audit_entries (actor_id, id desc);
create index audit_entries_action on audit_entries (action, id desc);

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.seq is null and new.seq is not null
    and (old.id, old.at, old.actor_id, old.actor_kind, old.action, old.resource, old.params)
      is not distinct from
      (new.id, new.at, new.actor_id, new.actor_kind, new.action, new.resource, new.params)
  then
    return new;
  end if;
  raise exception 'the audit is append-only' using errcode = '42501';
end $$;

create trigger audit_entries_append_only before update or delete on audit_entries
  for each row execute function refuse_audit_change();
create trigger audit_entries_no_truncate before truncate on audit_entries
  for each statement execute function refuse_audit_change();

-- The outbox. An event is written in the transaction of its change; the sequencer, which runs one at
-- a time, gives it the number by which streams resume. A number is never seen before a lower one.
create table events (
  id uuid primary key,
  seq bigint unique,
  type text not null,
  at timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
  -- The person it concerns. Admins hear of everything.
  audience_id uuid,
  -- Whether everybody may hear of it.
  is_public boolean not null default false,
  data jsonb not null
);

create index events_unsequenced on events (id) where seq is null;
create sequence event_seq;

create function sequence_events(count_max integer) returns integer language plpgsql as $$
declare
  sequenced uuid[];
begin
  -- One at a time, and its numbers are committed before the next one's are drawn.
  if not pg_try_advisory_xact_lock(hashtext('countersign.events')) then
    return 0;
  end if;
  with fresh as (
    select id from events where seq is null order by id limit count_max
  ), placed as (
    select id, nextval('event_seq') as seq from (select id from fresh order by id) ordered
  ), written as (
    update events set seq = placed.seq from placed where events.id = placed.id returning events.id
  )
  select array_agg(id) into sequenced from written;

  insert into webhook_deliveries (id, webhook_id, event_id, event_type, payload)
  select gen_random_uuid(), webhooks.id, events.id, events.type, jsonb_build_object(
    'id', events.id,
    'type', events.type,
    'timestamp', to_char(events.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'data', events.data
  )
  from events
  join webhooks on webhooks.disabled_at is null
    and (events.type = any (webhooks.events) or '*' = any (webhooks.events))
  where events.id = any (sequenced);

  return coalesce(cardinality(sequenced), 0);
end $$;

create table webhooks (
  id uuid primary key,
  url text not null,
  events text[] not null,
  -- Newest first. After a rotation the older one signs too, until it expires.
  secrets jsonb not null,
  created_by uuid not null references principals,
  created_at timestamptz not null default now(),
  disabled_at timestamptz,
  disabled_reason text
);

create table webhook_deliveries (
  id uuid primary key,
  webhook_id uuid not null references webhooks on delete cascade,
  event_id uuid not null,
  event_type text not null,
  payload jsonb not null,
  status text not null default 'pending'
    check (status in ('pending', 'delivered', 'failed', 'cancelled')),
  attempts integer not null default 0,
  due_at timestamptz default now(),
  lease_id uuid,
  response_status integer,
  error text,
  created_at timestamptz not null default now(),
  delivered_at timestamptz,
  redelivery_of uuid,
  constraint due_while_pending check ((due_at is not null) = (status = 'pending'))
);

create unique index webhook_deliveries_once on webhook_deliveries (webhook_id, event_id)
  where redelivery_of is null;
create index webhook_deliveries_due on webhook_deliveries (due_at) where due_at is not null;
create index webhook_deliveries_log on webhook_deliveries (webhook_id, id desc);
