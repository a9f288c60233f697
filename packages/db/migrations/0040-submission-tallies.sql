-- How many submissions there are of each status, without counting them: the queue's page shows the
-- numbers each time, and among a million, counting takes longer than everything else on it.

-- Every change adds a row of its own, so that no two changes wait for each other. The sum counts. A
-- sweep folds the rows together.
create table submission_tallies (
  status text not null,
  type text not null,
  is_archived boolean not null,
  n bigint not null
);

create function tally_submission() returns trigger language plpgsql as $$
declare
  kind text;
  archived boolean;
begin
  select type, visibility_status = 'archived' into kind, archived
  from entities where id = coalesce(new.entity_id, old.entity_id);
  -- Where the entity goes with all its submissions, its own trigger has taken them out.
  if not found then
    return null;
  end if;
  if tg_op <> 'INSERT' then
    insert into submission_tallies values (old.status, kind, archived, -1);
  end if;
  if tg_op <> 'DELETE' then
    insert into submission_tallies values (new.status, kind, archived, 1);
  end if;
  return null;
end $$;

create trigger submissions_tally after insert or delete on submissions
  for each row execute function tally_submission();
create trigger submissions_tally_status after update of status on submissions
  for each row when (old.status is distinct from new.status) execute function tally_submission();

-- Moves what an entity has to the other shelf, or off both where it is deleted.
create function tally_entity() returns trigger language plpgsql as $$
begin
  insert into submission_tallies
  select status, old.type, old.visibility_status = 'archived', -count(*)
  from submissions where entity_id = old.id group by status;
  if tg_op = 'DELETE' then
    return old;
  end if;
  insert into submission_tallies
  select status, new.type, new.visibility_status = 'archived', count(*)
  from submissions where entity_id = new.id group by status;
  return new;
end $$;

create trigger entities_tally before update on entities for each row
  when (
    (old.type, old.visibility_status = 'archived')
      is distinct from (new.type, new.visibility_status = 'archived')
  )
  execute function tally_entity();
create trigger entities_tally_gone before delete on entities
  for each row execute function tally_entity();

-- Makes few rows of many; gives how many there were. Whoever reads meanwhile sees the one or the other.
create function fold_submission_tallies() returns integer language plpgsql as $$
declare
  folded integer;
begin
  with gone as (
    delete from submission_tallies returning *
  ), kept as (
    insert into submission_tallies
    select status, type, is_archived, sum(n) from gone group by 1, 2, 3 having sum(n) <> 0
  )
  select count(*) into folded from gone;
  return folded;
end $$;

insert into submission_tallies
select submissions.status, entities.type, entities.visibility_status = 'archived', count(*)
from submissions join entities on entities.id = submissions.entity_id
group by 1, 2, 3;
