-- People, the agents that act for them, and the tokens that both carry.

create table principals (
  id uuid primary key,
  kind text not null check (kind in ('user', 'agent')),
  -- Unique without regard to case: two spellings of one address are one person.
  email text,
  handle text not null unique check (handle ~ '^[a-z0-9][a-z0-9-]*$'),
  role text check (role in ('user', 'admin')),
  -- The person an agent acts for.
  owner_id uuid references principals,
  password_hash text,
  disabled_at timestamptz,
  created_at timestamptz not null default now(),
  constraint person_or_agent check (
    case kind
      when 'user' then email is not null and role is not null and owner_id is null
      else email is null and role is null and owner_id is not null and password_hash is null
    end
  )
);

create unique index principals_email on principals (lower(email));
create index principals_owner on principals (owner_id) where owner_id is not null;

create table tokens (
  id uuid primary key,
  principal_id uuid not null references principals,
  -- Who made it, and so who may list and revoke it: for an agent's token, the agent's owner.
  creator_id uuid not null references principals,
  kind text not null check (kind in ('session', 'user', 'agent')),
  name text not null,
  -- SHA-256 of the token. The token has 256 random bits, so a slow hash would add nothing.
  hash bytea not null unique check (octet_length(hash) = 32),
  expires_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null default now()
);

create index tokens_creator on tokens (creator_id, id) where kind <> 'session';
create index tokens_principal on tokens (principal_id);
