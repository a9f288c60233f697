-- The order in which events were written. Ids sort by the clocks of the processes that made them, and
-- those may differ; of two changes of one thing, the later one holds its lock, and draws the higher number.

create sequence event_positions;
alter table events add column position bigint;
alter table events alter column position set default nextval('event_positions');
drop index events_unsequenced;
create index events_unsequenced on events (position nulls first, id) where seq is null;

create or replace function sequence_events(count_max integer) returns integer language plpgsql as $$
declare
  sequenced uuid[];
begin
  -- One at a time, and its numbers are committed before the next one's are drawn.
  if not pg_try_advisory_xact_lock(hashtext('countersign.events')) then
    return 0;
  end if;
  with placed as (
    select id, nextval('event_seq') as seq from (
      select id from events where seq is null order by position nulls first, id limit count_max
    ) fresh
  ), written as (
    update events set seq = placed.seq from placed where events.id = placed.id returning events.id
  )
  select array_agg(id) into sequenced from written;
  perform hand_out_events(sequenced);
  return coalesce(cardinality(sequenced), 0);
end $$;
