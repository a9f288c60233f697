-- May this action run? Workspaces, sessions, tickets and votes.

-- A UUIDv7 whose twelve bits after the version are the fraction of the millisecond, so that what one
-- transaction writes keeps its order.
create function new_id() returns uuid language plpgsql as $$
declare
  us bigint := floor(extract(epoch from clock_timestamp()) * 1000000);
  fraction smallint := 28672 + (us % 1000) * 4096 / 1000;
  bytes bytea := uuid_send(gen_random_uuid());
begin
  bytes := overlay(bytes placing substring(int8send(us / 1000) from 3) from 1 for 6);
  bytes := overlay(bytes placing int2send(fraction) from 7 for 2);
  return encode(bytes, 'hex')::uuid;
end $$;

create table workspaces (
  id uuid primary key,
  parent_id uuid references workspaces,
  name text not null check (length(btrim(name)) between 1 and 100),
  -- The most permissive mode that a session may have here, or below here. Null: any.
  max_mode text check (
    max_mode in (
      'deny_all', 'human_review', 'auto_review', 'dangerously_bypass_approvals_and_sandbox'
    )
  ),
  created_by uuid references principals,
  created_at timestamptz not null default now(),
  -- What was asked and decided in it stays on record, so a workspace is never removed.
  deleted_at timestamptz,
  constraint not_its_own_parent check (parent_id is distinct from id)
);

create index workspaces_parent on workspaces (parent_id) where parent_id is not null;

-- The one that is meant where none is named. Everybody may ask in it.
insert into workspaces (id, name) values ('00000000-0000-7000-8000-000000000001', 'root');

create table workspace_members (
  workspace_id uuid not null references workspaces,
  principal_id uuid not null references principals,
  can_decide boolean not null default false,
  added_by uuid references principals,
  created_at timestamptz not null default now(),
  primary key (workspace_id, principal_id)
);

create index workspace_members_principal on workspace_members (principal_id);

create table sessions (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  principal_id uuid not null references principals,
  -- The person: the principal, or the one the agent acts for.
  person_id uuid not null references principals,
  forked_from_id uuid references sessions,
  approval_mode text not null check (
    approval_mode in (
      'deny_all', 'human_review', 'auto_review', 'dangerously_bypass_approvals_and_sandbox'
    )
  ),
  -- {type, writableRoots?, network?}
  sandbox jsonb not null,
  -- What a bypass ends in: {approvalMode, sandbox}.
  restore jsonb,
  bypass_expires_at timestamptz,
  -- Set when the reviewer model denied too often in a row: from then on people are asked.
  review_suspended_at timestamptz,
  status text not null default 'active' check (status in ('active', 'archived')),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  constraint sandbox_is_known check (
    sandbox ->> 'type' in ('read_only', 'workspace_write', 'danger_full_access')
  ),
  -- No bug can apply half of a bypass: it has full access, a deadline and a way back, or it is none.
  constraint bypass_has_full_access check (
    (approval_mode = 'dangerously_bypass_approvals_and_sandbox')
      = (sandbox ->> 'type' = 'danger_full_access')
  ),
  constraint bypass_has_a_deadline check (
    (approval_mode = 'dangerously_bypass_approvals_and_sandbox') = (bypass_expires_at is not null)
    and (bypass_expires_at is null) = (restore is null)
  )
);

create index sessions_person on sessions (person_id, id desc);
create index sessions_bypass on sessions (bypass_expires_at) where bypass_expires_at is not null;

create table turns (
  id uuid primary key,
  session_id uuid not null references sessions,
  n integer not null check (n >= 1),
  -- What was in force when it began.
  approval_mode text not null,
  sandbox jsonb not null,
  overridden boolean not null,
  status text not null default 'running' check (
    status in ('running', 'waiting_approval', 'completed', 'interrupted', 'failed')
  ),
  started_at timestamptz not null default now(),
  ended_at timestamptz,
  unique (session_id, n),
  constraint ended_when_closed check (
    (ended_at is null) = (status in ('running', 'waiting_approval'))
  )
);

create unique index turns_open on turns (session_id) where status in ('running', 'waiting_approval');

-- One ticket: may exactly this action, with exactly this context, run once?
create table approvals (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  action text not null check (length(action) between 1 and 200),
  -- The RFC 8785 text that was hashed, kept to the byte: `json`, not `jsonb`.
  context json not null check (json_typeof(context) = 'object'),
  request_hash text not null check (request_hash ~ '^[0-9a-f]{64}$'),
  reason text not null default '' check (length(reason) <= 4000),
  requester_id uuid not null references principals,
  session_id uuid references sessions,
  turn_id uuid references turns,
  -- What it takes: how many approvals, and whether the owner of an agent that asked may give one.
  votes_needed smallint not null default 1 check (votes_needed between 1 and 10),
  bars_owner boolean not null default true,
  use_ttl_s integer not null default 900 check (use_ttl_s between 30 and 86400),
  status text not null default 'pending' check (
    status in ('pending', 'approved', 'denied', 'expired', 'cancelled', 'revoked', 'lapsed')
  ),
  -- Whose answer it waits for.
  stage text not null default 'human' check (stage in ('auto_review', 'human')),
  version integer not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  decided_at timestamptz,
  -- The principal, or `system:timeout`, `system:reviewer` …
  decided_by text,
  decision_reason text,
  use_expires_at timestamptz,
  consumed_at timestamptz,
  consumed_by uuid references principals,
  -- The reviewer model's part: when it is due, who is at it, and what it made of the request.
  review_due_at timestamptz,
  review_lease_id uuid,
  review_claims integer not null default 0,
  review jsonb,
  -- The part of the confirmation daemon's face; null for everything else.
  confirm_id text unique,
  requester_label text,
  session_key text,
  resolved_label text,
  constraint expires_within_a_week check (
    expires_at > created_at and expires_at <= created_at + interval '7 days 1 second'
  ),
  constraint decided_when_closed check ((status = 'pending') = (decided_at is null)),
  constraint used_only_when_approved check (consumed_at is null or status = 'approved'),
  constraint used_by_somebody check ((consumed_at is null) = (consumed_by is null)),
  constraint approved_for_a_time check (status <> 'approved' or use_expires_at is not null),
  constraint due_while_reviewed check (
    review_due_at is null or (status = 'pending' and stage = 'auto_review')
  ),
  constraint confirmation_is_whole check (
    num_nulls(confirm_id, requester_label, session_key) in (0, 3)
  )
);

-- At most one live ticket for exactly this action: pending, or approved and not used yet.
create unique index approvals_live on approvals (workspace_id, action, request_hash)
  where status in ('pending', 'approved') and consumed_at is null;
create index approvals_denied on approvals (workspace_id, action, request_hash, decided_at)
  where status = 'denied';
create index approvals_due on approvals (expires_at) where status = 'pending';
create index approvals_lapsing on approvals (use_expires_at)
  where status = 'approved' and consumed_at is null;
create index approvals_review_due on approvals (review_due_at) where review_due_at is not null;
create index approvals_workspace on approvals (workspace_id, id desc);
create index approvals_requester on approvals (requester_id, id desc);
create index approvals_session on approvals (session_id, id desc) where session_id is not null;
create index approvals_confirmation on approvals (workspace_id, action, created_at)
  where confirm_id is not null;

-- Everybody else who asked for the same live ticket. Nobody of them decides it.
create table approval_co_requesters (
  approval_id uuid not null references approvals,
  principal_id uuid not null references principals,
  created_at timestamptz not null default now(),
  primary key (approval_id, principal_id)
);

create table approval_votes (
  approval_id uuid not null references approvals,
  principal_id uuid not null references principals,
  verdict text not null check (verdict in ('approve', 'deny')),
  comment text not null default '' check (length(comment) <= 4000),
  created_at timestamptz not null default clock_timestamp(),
  primary key (approval_id, principal_id)
);

-- What the reviewer model was asked about tickets, and what that cost.
create table approval_reviews (
  id uuid primary key,
  approval_id uuid not null references approvals,
  model text not null,
  request_id text,
  outcome text not null,
  input_tokens integer not null,
  output_tokens integer not null,
  cache_read_tokens integer not null,
  cost_usd numeric(12, 6) not null,
  duration_ms integer not null,
  assessment jsonb,
  at timestamptz not null default now()
);

create index approval_reviews_at on approval_reviews (at);
create index approval_reviews_approval on approval_reviews (approval_id);

-- Who hears of an event besides the person it concerns: the members of the workspace.
alter table events add column workspace_id uuid;

create index audit_entries_confirmations on audit_entries (id desc) where params ? 'confirmation';
