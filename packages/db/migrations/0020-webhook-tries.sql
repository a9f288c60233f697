-- The log of a delivery, and ids of deliveries that sort by the time of their making.

alter table webhook_deliveries add column tries jsonb not null default '[]';

-- Since when nothing has got through to it.
alter table webhooks add column failing_since timestamptz;

-- Puts events that have their place in the stream on their way to those who are told of each.
create function hand_out_events(sequenced uuid[]) returns void language sql as $$
  insert into webhook_deliveries (id, webhook_id, event_id, event_type, payload)
  select new_id(), webhooks.id, events.id, events.type, jsonb_build_object(
    'id', events.id,
    'type', events.type,
    'timestamp', to_char(events.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'data', events.data
  )
  from events
  join webhooks on webhooks.disabled_at is null
    and (events.type = any (webhooks.events) or '*' = any (webhooks.events))
  where events.id = any (sequenced)
$$;

create or replace function sequence_events(count_max integer) returns integer language plpgsql as $$
declare
  sequenced uuid[];
begin
  -- One at a time, and its numbers are committed before the next one's are drawn.
  if not pg_try_advisory_xact_lock(hashtext('countersign.events')) then
    return 0;
  end if;
  with placed as (
    select id, nextval('event_seq') as seq
    from (select id from events where seq is null order by id limit count_max) fresh
  ), written as (
    update events set seq = placed.seq from placed where events.id = placed.id returning events.id
  )
  select array_agg(id) into sequenced from written;
  perform hand_out_events(sequenced);
  return coalesce(cardinality(sequenced), 0);
end $$;
