-- Who asked for another look at what was refused, and was not answered yet. It is no part of the
-- submission: what somebody has read stays what they decide on. What is decided anew after it was asked
-- is answered by that.
create table appeals (
  submission_id uuid primary key references submissions on delete cascade,
  asked_at timestamptz not null default clock_timestamp()
);
