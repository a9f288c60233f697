-- Who has taken a submission to decide on it. It keeps nobody out, and is no part of the submission:
-- what somebody has read stays what they decide on, whoever takes it.

create table assignments (
  submission_id uuid primary key references submissions on delete cascade,
  principal_id uuid not null references principals on delete cascade,
  taken_at timestamptz not null default now()
);
create index assignments_principal on assignments (principal_id);
