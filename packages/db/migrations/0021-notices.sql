-- What people are told, by chat, by mail and in the tracker, and what became of telling them.

create table notices (
  id uuid primary key,
  event_id uuid not null unique,
  event_type text not null,
  data jsonb not null,
  audience_id uuid,
  workspace_id uuid,
  status text not null default 'pending'
    check (status in ('pending', 'told', 'untold', 'needless')),
  attempts integer not null default 0,
  due_at timestamptz default now(),
  lease_id uuid,
  created_at timestamptz not null default now(),
  constraint due_while_pending check ((due_at is not null) = (status = 'pending'))
);

create index notices_due on notices (due_at) where due_at is not null;
create index notices_age on notices (created_at) where due_at is null;

-- Every message that went out: so that none goes out twice, and those that can be are kept up to date.
create table notice_messages (
  notice_id uuid not null references notices on delete cascade,
  channel text not null,
  target text not null,
  -- `approval:<id>`, `submission:<id>` …
  subject text not null,
  -- What the channel calls the message; null where it cannot be changed.
  ref text,
  -- The version of the subject that it shows.
  shown integer not null default 0,
  sent_at timestamptz not null default now(),
  primary key (notice_id, channel, target)
);

create index notice_messages_subject on notice_messages (subject);

-- What a button or a link in a message stands for. Whoever holds one may answer, but for the check of
-- who they are: a mail's token is one person's, a chat's is of whoever the chat says has clicked.
create table answer_tokens (
  token_hash bytea primary key check (octet_length(token_hash) = 32),
  approval_id uuid not null references approvals,
  channel text not null,
  target text not null,
  principal_id uuid references principals,
  expires_at timestamptz not null
);

create index answer_tokens_age on answer_tokens (expires_at);

-- Who somebody is in a chat. An admin says so.
create table channel_identities (
  channel text not null check (channel in ('telegram')),
  external_user text not null check (length(external_user) between 1 and 100),
  principal_id uuid not null references principals,
  added_by uuid not null references principals,
  created_at timestamptz not null default now(),
  primary key (channel, external_user)
);

-- An event that people are told of becomes a notice in the transaction that gives it its place.
create function note_event() returns trigger language plpgsql as $$
begin
  insert into notices (id, event_id, event_type, data, audience_id, workspace_id)
  values (new_id(), new.id, new.type, new.data, new.audience_id, new.workspace_id);
  return null;
end $$;

create trigger events_notices after update of seq on events for each row
  when (old.seq is null and new.seq is not null and new.type in (
    'approval.requested', 'approval.escalated', 'approval.decided', 'approval.expired',
    'submission.created', 'submission.held', 'submission.approved', 'submission.overridden',
    'submission.blocked', 'submission.rejected', 'submission.error', 'entity.hidden'
  ))
  execute function note_event();
