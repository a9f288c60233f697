-- What people install, its versions, and the requests to have a version reviewed.

create table entities (
  id uuid primary key,
  type text not null check (type in ('skill', 'agent', 'plugin')),
  owner_id uuid not null references principals,
  name text not null check (name <> ''),
  -- `<name>-by-<owner handle>`: the folder of the skill and the name of the plugin that is served.
  slug text not null,
  description text not null,
  category text,
  -- The entity's own life. The verdict on a version is the submission's status, never this.
  visibility_status text not null default 'pending'
    check (visibility_status in ('pending', 'approved', 'hidden', 'archived')),
  -- The one pointer to what is served. Only ever rises.
  live_n integer,
  -- The highest version number ever given out. Numbers are never reused.
  highest_n integer not null default 0 check (highest_n >= 0),
  -- Counts writes: the token of every compare-and-swap, and the ETag that clients see.
  revision integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint live_exists check (live_n between 1 and highest_n),
  constraint served_is_live check (visibility_status not in ('approved', 'hidden') or live_n is not null),
  constraint pending_is_not_live check (visibility_status <> 'pending' or live_n is null)
);

create index entities_owner on entities (owner_id, id desc);
create index entities_shelf on entities (id desc) where visibility_status = 'approved';
create index entities_category on entities (category) where visibility_status = 'approved';

-- Slugs that are in use or promised: the current one of every entity that is not archived, and the
-- one that a renamed version under review will have. One owner's names differ where their slugs do.
create table slug_claims (
  slug text primary key,
  entity_id uuid not null references entities on delete cascade,
  is_current boolean not null
);

create unique index slug_claims_current on slug_claims (entity_id) where is_current;
create unique index slug_claims_proposed on slug_claims (entity_id) where not is_current;

create table versions (
  entity_id uuid not null references entities on delete cascade,
  n integer not null check (n >= 1),
  -- Hash of the tree without the version number and the slug that we bake in: what verdicts are
  -- reused by.
  content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'),
  restored_from integer,
  author_version text,
  created_by uuid not null references principals,
  created_at timestamptz not null default now(),
  primary key (entity_id, n),
  foreign key (entity_id, restored_from) references versions (entity_id, n) on delete cascade
);

-- A version as it is served under a slug. A rename bakes a new rendition; none is ever changed.
create table renditions (
  entity_id uuid not null,
  n integer not null,
  slug text not null,
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  size bigint not null check (size >= 0),
  -- The inventory: [{path, size, sha256, isExecutable, kind}].
  files jsonb not null,
  created_at timestamptz not null default now(),
  primary key (entity_id, n, slug),
  foreign key (entity_id, n) references versions on delete cascade
);

create index renditions_hash on renditions (hash);

-- The blobs that may be in the store. A row is touched before its bytes are put, so that the
-- collector, which locks the row while it removes the bytes, cannot race an upload.
create table blobs (
  hash text primary key check (hash ~ '^[0-9a-f]{64}$'),
  touched_at timestamptz not null default now()
);

create index blobs_touched on blobs (touched_at);

create table submissions (
  id uuid primary key,
  entity_id uuid not null,
  n integer not null,
  status text not null check (
    status in (
      'pending_llm', 'needs_human', 'approved', 'blocked_inline', 'blocked_llm', 'review_error',
      'overridden', 'rejected', 'withdrawn', 'deleted'
    )
  ),
  hold_reason text check (
    hold_reason in ('provider_not_ready', 'rate_limited', 'paused', 'budget', 'coverage', 'policy')
  ),
  revision integer not null default 1,
  -- Raised by every retry and rescan. A job writes its verdict only for the attempt it was given.
  attempt integer not null default 1,
  -- Tries of this attempt that ended in a failure of ours or the provider's.
  failures integer not null default 0,
  -- When a worker should next look. A worker that dies is replaced once this has passed.
  due_at timestamptz,
  -- How often somebody took it up: names a delivery, so that a lost one can be handed out again.
  claims integer not null default 0,
  -- Who holds the attempt. A verdict from anybody else is too late.
  lease_id uuid,
  -- Bulk work waits for what people wait for.
  priority smallint not null default 0,
  submitter_id uuid not null references principals,
  -- The agent that sent it for the submitter.
  agent_id uuid references principals,
  -- What the approval will change besides the version: {name?, slug?, description?, category?}.
  proposed jsonb not null default '{}',
  -- The rendition that was checked and reviewed.
  slug text not null,
  version_hash text not null,
  file_size bigint not null,
  checks jsonb not null,
  -- The attempt that ran the checks: a retry asks the model anew, and only it.
  checks_attempt integer not null default 1,
  capabilities jsonb not null,
  capability_delta jsonb not null,
  -- The worst severity among the findings, for lists.
  severity text check (severity in ('info', 'low', 'medium', 'high', 'critical')),
  -- Files that no check could account for.
  unaccounted jsonb not null default '[]',
  policy_version text not null,
  review jsonb,
  override jsonb,
  -- Set while a rescan runs: {hideOnFail, priorStatus}.
  rescan jsonb,
  bundle_purged_at timestamptz,
  decided_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (entity_id, n),
  foreign key (entity_id, n) references versions on delete cascade,
  constraint due_while_pending check (due_at is null or status = 'pending_llm'),
  constraint leased_while_pending check (lease_id is null or status = 'pending_llm'),
  constraint held_while_open check (hold_reason is null or status in ('pending_llm', 'needs_human')),
  constraint decided_when_closed check (
    (decided_at is null) = (status in ('pending_llm', 'needs_human'))
  ),
  constraint overridden_by_somebody check (status <> 'overridden' or override is not null)
);

-- One open review per entity, whatever locks and workers believe.
create unique index submissions_open on submissions (entity_id)
  where status in ('pending_llm', 'needs_human');
-- The dispatcher's only query. Partial, so that it stays as small as the backlog.
create index submissions_due on submissions (priority, due_at) where due_at is not null;
create index submissions_held on submissions (id desc)
  where hold_reason is not null or status = 'needs_human';
create index submissions_status on submissions (status, id desc);
create index submissions_submitter on submissions (submitter_id, id desc);
create index submissions_blocked on submissions (submitter_id, decided_at)
  where status in ('blocked_inline', 'blocked_llm');
create index submissions_purgeable on submissions (decided_at)
  where status in ('blocked_inline', 'blocked_llm') and bundle_purged_at is null;

create table findings (
  submission_id uuid not null references submissions on delete cascade,
  -- The attempt that found it, so that a rescan adds to the record and erases nothing.
  attempt integer not null,
  ordinal integer not null,
  -- The check it belongs to. What the model found stands in the review.
  stage text not null check (stage in ('manifest', 'static_security', 'content', 'quality')),
  rule_id text not null,
  tier text not null check (tier in ('block', 'human', 'annotate')),
  severity text not null check (severity in ('info', 'low', 'medium', 'high', 'critical')),
  confidence real not null,
  category text not null,
  fingerprint text not null,
  file text,
  line integer,
  end_line integer,
  message text not null,
  snippet text,
  fix_hint text,
  primary key (submission_id, attempt, stage, ordinal)
);

-- Verdicts of the model by what was read, under which rules, with which words, by which model.
create table verdicts (
  content_hash text not null,
  policy_version text not null,
  prompt_hash text not null,
  model text not null,
  submission_id uuid not null references submissions on delete cascade,
  review jsonb not null,
  created_at timestamptz not null default now(),
  primary key (content_hash, policy_version, prompt_hash, model)
);

create table review_calls (
  id uuid primary key,
  submission_id uuid not null references submissions on delete cascade,
  attempt integer not null,
  model text not null,
  request_id text,
  outcome text not null,
  input_tokens integer not null,
  output_tokens integer not null,
  cache_read_tokens integer not null,
  cost_usd numeric(12, 6) not null,
  duration_ms integer not null,
  -- The answer, by the prompt it answers: a review that is taken up again does not ask twice.
  prompt_key text not null,
  assessment jsonb,
  at timestamptz not null default now()
);

create index review_calls_at on review_calls (at);
create index review_calls_submission on review_calls (submission_id);

create table installs (
  principal_id uuid not null references principals,
  entity_id uuid not null references entities on delete cascade,
  created_at timestamptz not null default now(),
  primary key (principal_id, entity_id)
);

create index installs_entity on installs (entity_id);
