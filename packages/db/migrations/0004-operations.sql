-- What the processes share besides the store itself.

create table idempotency_keys (
  principal_id uuid not null references principals,
  key text not null,
  method text not null,
  path text not null,
  request_hash text not null,
  -- Null while the first request runs.
  response_status integer,
  response_headers jsonb,
  response_body bytea,
  started_at timestamptz not null default now(),
  -- A request that died leaves its key to the next one after this.
  lease_until timestamptz not null,
  lease_id uuid not null,
  primary key (principal_id, key)
);

create index idempotency_keys_age on idempotency_keys (started_at);

-- One row a worker process, refreshed by its heartbeat.
create table workers (
  id uuid primary key,
  host text not null,
  pid integer not null,
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  active integer not null default 0,
  concurrency integer not null
);

-- Switches and states that every process must agree on, and that Redis may forget.
create table settings (
  key text primary key,
  value jsonb not null,
  updated_at timestamptz not null default now(),
  updated_by uuid references principals
);

create table suppressions (
  id uuid primary key,
  rule_id text not null,
  entity_id uuid not null references entities on delete cascade,
  -- What it speaks of: one file's bytes, or one finding wherever it stands. It ends when those change.
  file_sha256 text,
  fingerprint text,
  reason text not null check (length(btrim(reason)) >= 4),
  created_by uuid not null references principals,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  constraint one_scope check (num_nonnulls(file_sha256, fingerprint) = 1)
);

create index suppressions_entity on suppressions (entity_id) where revoked_at is null;
