-- May this action run? Grants and executions. They stood in 0010-approvals once: a database that has them
-- from there keeps them as they are.

-- Answers given in advance.
create table if not exists grants (
  id uuid primary key,
  kind text not null check (kind in ('session', 'standing')),
  effect text not null check (effect in ('allow', 'deny')),
  workspace_id uuid not null references workspaces,
  action text not null check (length(action) between 1 and 200),
  session_id uuid references sessions,
  session_key text check (session_key <> ''),
  -- Null: whatever the context.
  request_hash text check (request_hash ~ '^[0-9a-f]{64}$'),
  max_uses integer check (max_uses > 0),
  uses integer not null default 0,
  created_by uuid not null references principals,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoked_by uuid references principals,
  constraint session_grant_names_one check (
    num_nonnulls(session_id, session_key) = case kind when 'session' then 1 else 0 end
  ),
  constraint used_within_its_limit check (uses <= max_uses),
  constraint expires_within_90_days check (
    expires_at > created_at and expires_at <= created_at + interval '90 days 1 second'
  )
);

create index if not exists grants_live on grants (workspace_id, action) where revoked_at is null;
create index if not exists grants_list on grants (workspace_id, id desc);

-- The right to do it once, now.
create table if not exists executions (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  action text not null,
  request_hash text not null,
  principal_id uuid not null references principals,
  authorized_by text not null check (authorized_by in ('approval', 'grant', 'policy', 'bypass')),
  -- A ticket lets one execution through, whatever anybody believes.
  approval_id uuid unique references approvals,
  grant_id uuid references grants,
  status text not null default 'started' check (
    status in ('started', 'succeeded', 'failed', 'unknown')
  ),
  lease_expires_at timestamptz not null,
  started_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  error text check (length(error) <= 4000),
  constraint approval_is_named check ((authorized_by = 'approval') = (approval_id is not null)),
  constraint grant_is_named check ((authorized_by = 'grant') = (grant_id is not null)),
  constraint finished_when_over check ((status = 'started') = (finished_at is null))
);

create index if not exists executions_lease on executions (lease_expires_at) where status = 'started';
