-- The gate: one statement, one transaction, exact under any concurrency.

-- Mints the right to do it once, now.
create function start_execution(
  ws uuid, act text, hash text, who uuid, authority text, ticket uuid, by_grant uuid
) returns jsonb language plpgsql as $$
declare
  execution uuid := new_id();
begin
  insert into executions
    (id, workspace_id, action, request_hash, principal_id, authorized_by, approval_id, grant_id, lease_expires_at)
  values
    (execution, ws, act, hash, who, authority, ticket, by_grant, clock_timestamp() + interval '10 minutes');
  -- What a ticket lets through is on record with the ticket.
  if ticket is null then
    insert into audit_entries (id, actor_id, actor_kind, action, resource, params)
    select new_id(), who, kind, 'approval.allowed', 'execution:' || execution, jsonb_build_object(
      'workspace_id', ws, 'action', act, 'request_hash', hash,
      'authorized_by', authority, 'grant_id', by_grant
    ) from principals where id = who;
  end if;
  return jsonb_build_object(
    'outcome', 'allow', 'executionId', execution, 'authorizedBy', authority, 'approvalId', ticket
  );
end $$;

-- A grant that speaks of this action, here, now.
create function find_grant(
  ws uuid, act text, hash text, sess uuid, wanted_effect text
) returns uuid language sql volatile as $$
  select id from grants
  where workspace_id = ws and action = act and effect = wanted_effect and revoked_at is null
    and expires_at > clock_timestamp()
    and (request_hash is null or request_hash = hash)
    and (session_id is null or session_id = sess)
    and session_key is null
    and (max_uses is null or uses < max_uses)
  order by expires_at limit 1
$$;

-- Uses a grant; says no if somebody took its last use in between.
create function use_grant(chosen uuid) returns boolean language plpgsql as $$
begin
  update grants set uses = uses + 1
  where id = chosen and revoked_at is null and expires_at > clock_timestamp()
    and (max_uses is null or uses < max_uses);
  return found;
end $$;

-- Ends a live ticket whose time is over, or that a person's answer is asked for where the model gave
-- it. Says whether it is out of the way.
create function retire_ticket(ticket approvals, needs_person boolean)
returns boolean language plpgsql as $$
begin
  if ticket.status = 'pending' and ticket.expires_at <= clock_timestamp() then
    update approvals set status = 'expired', decided_at = clock_timestamp(),
      decided_by = 'system:timeout', review_due_at = null, version = version + 1
    where id = ticket.id and status = 'pending';
    return true;
  elsif ticket.status = 'approved' and ticket.use_expires_at <= clock_timestamp() then
    update approvals set status = 'lapsed', version = version + 1
    where id = ticket.id and status = 'approved' and consumed_at is null;
    return true;
  elsif ticket.status = 'approved' and needs_person and ticket.decided_by = 'system:reviewer' then
    update approvals set status = 'revoked', decided_at = clock_timestamp(),
      decided_by = 'system:gate', decision_reason = 'A person has to decide.', version = version + 1
    where id = ticket.id and status = 'approved' and consumed_at is null;
    return true;
  end if;
  return false;
end $$;

-- Uses an approved ticket, once: whoever loses the race waits for the winner's transaction, looks
-- again, and finds nothing, or, if the winner's effect failed, the ticket as it was.
create function consume_approval(ws uuid, act text, hash text, who uuid, needs_person boolean)
returns jsonb language plpgsql as $$
declare
  used uuid;
begin
  update approvals set consumed_at = clock_timestamp(), consumed_by = who, version = version + 1
  where workspace_id = ws and action = act and request_hash = hash
    and status = 'approved' and consumed_at is null and use_expires_at > clock_timestamp()
    and not (needs_person and decided_by = 'system:reviewer')
  returning id into used;
  if not found then
    return null;
  end if;
  return start_execution(ws, act, hash, who, 'approval', used, null);
end $$;

-- Too many questions out of one session: twenty that wait, or sixty within an hour.
create function is_flooding(sess uuid) returns boolean language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('countersign.session.' || sess, 0));
  return (
    select count(*) filter (where status = 'pending' and expires_at > clock_timestamp()) >= 20
      or count(*) >= 60
    from approvals where session_id = sess and created_at > clock_timestamp() - interval '1 hour'
  );
end $$;

-- Answers a question that is still open: the same ticket for everybody who asks the same.
create function join_ticket(ticket approvals, who uuid, needs_person boolean)
returns jsonb language plpgsql as $$
begin
  if ticket.requester_id <> who then
    insert into approval_co_requesters (approval_id, principal_id) values (ticket.id, who)
    on conflict do nothing;
  end if;
  if needs_person and ticket.stage <> 'human' then
    update approvals set stage = 'human', review_due_at = null, version = version + 1
    where id = ticket.id and status = 'pending' and stage <> 'human';
  end if;
  return jsonb_build_object(
    'outcome', 'pending', 'approvalId', ticket.id, 'expiresAt', ticket.expires_at,
    'reason', ticket.reason, 'isNew', false
  );
end $$;

-- May this run? Uses an approval, else a grant, else asks: once, however many ask at once.
--
-- `authority` names what answers without anybody being asked (`policy`, `bypass`), if anything does.
-- Throws `gate_contention` rather than guess; then nothing runs.
create function ask_approval(
  ws uuid, act text, hash text, ctx json, why text, who uuid, sess uuid,
  authority text, asked_stage text, votes integer, owner_barred boolean, takes_grants boolean,
  ttl_s integer, ticket_use_ttl_s integer, cooldown_s integer
) returns jsonb language plpgsql as $$
declare
  needs_person boolean := asked_stage = 'human';
  answer jsonb;
  ticket approvals;
  found_id uuid;
  deadline timestamptz;
begin
  if find_grant(ws, act, hash, sess, 'deny') is not null then
    return jsonb_build_object('outcome', 'denied_by_policy');
  end if;
  if authority is not null then
    return start_execution(ws, act, hash, who, authority, null, null);
  end if;

  for round in 1..5 loop
    select * into ticket from approvals
    where workspace_id = ws and action = act and request_hash = hash
      and status in ('pending', 'approved') and consumed_at is null;
    if found then
      if retire_ticket(ticket, needs_person) then
        continue;
      end if;
      if ticket.status = 'approved' then
        -- Who approved it does not do it too: it takes two.
        if exists (
          select 1 from approval_votes where approval_id = ticket.id and principal_id = who
        ) then
          return jsonb_build_object('outcome', 'own_approval');
        end if;
        answer := consume_approval(ws, act, hash, who, needs_person);
        if answer is not null then
          return answer;
        end if;
        continue;
      end if;
    end if;

    if takes_grants then
      found_id := find_grant(ws, act, hash, sess, 'allow');
      if found_id is not null and use_grant(found_id) then
        return start_execution(ws, act, hash, who, 'grant', null, found_id);
      end if;
    end if;
    if ticket.id is not null then
      return join_ticket(ticket, who, needs_person);
    end if;

    if cooldown_s > 0 then
      select id into found_id from approvals
      where workspace_id = ws and action = act and request_hash = hash and status = 'denied'
        and decided_at > clock_timestamp() - cooldown_s * interval '1 second'
      order by decided_at desc limit 1;
      if found then
        return jsonb_build_object('outcome', 'recently_denied', 'approvalId', found_id);
      end if;
    end if;
    if sess is not null and is_flooding(sess) then
      return jsonb_build_object('outcome', 'rate_limited');
    end if;

    insert into approvals (
      id, workspace_id, action, context, request_hash, reason, requester_id, session_id, turn_id,
      stage, review_due_at, votes_needed, bars_owner, use_ttl_s, expires_at
    ) values (
      new_id(), ws, act, ctx, hash, why, who, sess,
      (select id from turns where session_id = sess and status in ('running', 'waiting_approval')),
      asked_stage, case when needs_person then null else clock_timestamp() end,
      votes, owner_barred, ticket_use_ttl_s, clock_timestamp() + ttl_s * interval '1 second'
    )
    on conflict (workspace_id, action, request_hash)
      where status in ('pending', 'approved') and consumed_at is null do nothing
    returning id, expires_at into found_id, deadline;
    if found then
      return jsonb_build_object(
        'outcome', 'pending', 'approvalId', found_id, 'expiresAt', deadline,
        'reason', why, 'isNew', true
      );
    end if;
  end loop;
  raise exception 'gate_contention' using errcode = '40001';
end $$;

-- Writes down which tickets the clock has ended. Any number of processes may do it at once.
create function retire_overdue(count_max integer) returns integer language plpgsql as $$
declare
  expired integer;
  lapsed integer;
begin
  update approvals set status = 'expired', decided_at = clock_timestamp(),
    decided_by = 'system:timeout', review_due_at = null, version = version + 1
  where id in (
    select id from approvals where status = 'pending' and expires_at <= clock_timestamp()
    order by expires_at limit count_max for update skip locked
  );
  get diagnostics expired = row_count;
  update approvals set status = 'lapsed', version = version + 1
  where id in (
    select id from approvals
    where status = 'approved' and consumed_at is null and use_expires_at <= clock_timestamp()
    order by use_expires_at limit count_max for update skip locked
  );
  get diagnostics lapsed = row_count;
  return expired + lapsed;
end $$;
