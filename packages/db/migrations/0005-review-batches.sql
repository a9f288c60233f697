-- Reviews that can wait, asked in batches at half the price.

create table review_batches (
  id uuid primary key,
  -- The provider's name for it; null until it was handed in.
  provider_id text,
  model text not null,
  -- Tries that ended in a failure of ours or the provider's.
  failures integer not null default 0,
  -- When a worker should next look; null once it has ended.
  due_at timestamptz,
  lease_id uuid,
  -- Why it ended without answers, if it did.
  error text,
  created_at timestamptz not null default now(),
  submitted_at timestamptz,
  ended_at timestamptz,
  constraint due_until_ended check ((due_at is null) = (ended_at is not null))
);

create index review_batches_due on review_batches (due_at) where due_at is not null;

-- The attempts that wait for a batch, or wait in one. Once released, a review goes the ordinary way,
-- with whatever answers the batch brought.
create table review_batch_items (
  submission_id uuid not null references submissions on delete cascade,
  attempt integer not null,
  batch_id uuid references review_batches,
  created_at timestamptz not null default now(),
  released_at timestamptz,
  primary key (submission_id, attempt)
);

create index review_batch_items_wanted on review_batch_items (submission_id)
  where batch_id is null and released_at is null;
create index review_batch_items_batch on review_batch_items (batch_id);
