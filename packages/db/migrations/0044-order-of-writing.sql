-- The order in which things were written. Ids sort by the clocks of the processes that made them, and
-- those may differ; of two changes of one thing, the later one holds its lock, and draws the higher number.

create sequence audit_entry_positions;
alter table audit_entries add column position bigint;
alter table audit_entries alter column position set default nextval('audit_entry_positions');
drop index audit_entries_unsealed;
create index audit_entries_unsealed on audit_entries (position nulls first, id) where seq is null;

create sequence event_positions;
alter table events add column position bigint;
alter table events alter column position set default nextval('event_positions');
drop index events_unsequenced;
create index events_unsequenced on events (position nulls first, id) where seq is null;

create or replace function refuse_audit_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.seq is null and new.seq is not null
    and (old.id, old.at, old.actor_id, old.actor_kind, old.action, old.resource, old.params, old.position)
      is not distinct from
      (new.id, new.at, new.actor_id, new.actor_kind, new.action, new.resource, new.params, new.position)
  then
    return new;
  end if;
  raise exception 'the audit is append-only' using errcode = '42501';
end $$;

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
