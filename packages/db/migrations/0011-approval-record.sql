-- Every step of a ticket writes its audit entry and its events here, in the transaction of the step:
-- whichever statement makes the step, none goes unrecorded, and none is told twice.

create function tell_approval(ticket approvals, what text, told_workspace uuid, more jsonb)
returns void language sql as $$
  insert into events (id, type, audience_id, workspace_id, data)
  select new_id(), what, coalesce(requester.owner_id, requester.id), told_workspace, jsonb_build_object(
    'approval_id', ticket.id,
    'workspace_id', ticket.workspace_id,
    'action', ticket.action,
    'reason', ticket.reason,
    'request_hash', ticket.request_hash,
    'status', ticket.status,
    'stage', ticket.stage,
    'requester_id', ticket.requester_id,
    'session_id', ticket.session_id,
    'decided_by', ticket.decided_by,
    'expires_at', to_char(ticket.expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ) || more
  from principals requester where requester.id = ticket.requester_id
$$;

-- Asks people: the ticket's workspace hears of it, and its parent, if it has one.
create function tell_request(ticket approvals) returns void language plpgsql as $$
declare
  parent uuid;
begin
  perform tell_approval(ticket, 'approval.requested', ticket.workspace_id, '{}');
  if ticket.stage <> 'human' then
    return;
  end if;
  select above.id into parent from workspaces own
  join workspaces above on above.id = own.parent_id and above.deleted_at is null
  where own.id = ticket.workspace_id;
  if parent is not null then
    perform tell_approval(ticket, 'approval.escalated', parent, jsonb_build_object(
      'workspace_id', parent, 'from_workspace_id', ticket.workspace_id
    ));
  end if;
end $$;

-- The record as the confirmation daemon shows it.
create function view_confirmation(ticket approvals) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'id', ticket.confirm_id,
    'action', ticket.action,
    'description', ticket.context -> 'description',
    'details', ticket.context -> 'details',
    'requester', ticket.requester_label,
    'session_key', ticket.session_key,
    'status', case
      when ticket.status = 'lapsed' then 'approved'
      when ticket.status in ('cancelled', 'revoked') then 'denied'
      else ticket.status
    end,
    'resolved_by', coalesce(ticket.resolved_label, ticket.decided_by),
    'reason', nullif(ticket.decision_reason, ''),
    'created_at', extract(epoch from ticket.created_at),
    'resolved_at', extract(epoch from ticket.decided_at),
    'timeout_seconds', round(extract(epoch from ticket.expires_at - ticket.created_at))
  )
$$;

create function audit_approval(ticket approvals, what text, actor text)
returns void language plpgsql as $$
declare
  -- What acts by itself is `system:<part of it>`.
  is_system boolean := actor like 'system%';
begin
  insert into audit_entries (id, actor_id, actor_kind, action, resource, params)
  values (
    new_id(),
    case when is_system then 'system' else actor end,
    case when is_system then 'system' else (select kind from principals where id = actor::uuid) end,
    what,
    'approval:' || ticket.id,
    jsonb_build_object(
      'workspace_id', ticket.workspace_id,
      'action', ticket.action,
      'request_hash', ticket.request_hash,
      'status', ticket.status,
      'stage', ticket.stage
    )
    || case when ticket.decided_by is null then '{}' else jsonb_build_object(
      'decided_by', ticket.decided_by, 'decision_reason', ticket.decision_reason
    ) end
    || case when ticket.confirm_id is null or what = 'approval.lapsed' then '{}' else
      jsonb_build_object('confirmation', view_confirmation(ticket))
    end
  );
end $$;

create function record_approval() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    perform audit_approval(new, 'approval.requested', new.requester_id::text);
    perform tell_request(new);
  elsif new.status <> old.status then
    perform audit_approval(new, 'approval.' || new.status, case
      when new.status in ('expired', 'lapsed') then 'system' else new.decided_by
    end);
    perform tell_approval(new, case
      when new.status in ('expired', 'lapsed') then 'approval.expired' else 'approval.decided'
    end, new.workspace_id, '{}');
  elsif new.stage <> old.stage then
    perform audit_approval(new, 'approval.escalated', 'system');
    perform tell_request(new);
  elsif new.consumed_at is distinct from old.consumed_at then
    perform audit_approval(new, 'approval.consumed', new.consumed_by::text);
  end if;
  return null;
end $$;

create trigger approvals_record after insert or update on approvals
  for each row execute function record_approval();

-- A ticket is never another one, a decided one stays decided, one is used once and none is removed:
-- whatever a statement says.
create function refuse_approval_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE'
    and (old.workspace_id, old.action, old.request_hash, old.requester_id, old.context::text)
      = (new.workspace_id, new.action, new.request_hash, new.requester_id, new.context::text)
    and (
      old.status = new.status and old.consumed_at is not distinct from new.consumed_at
      or old.status = 'pending' and new.consumed_at is null
        and new.status in ('approved', 'denied', 'expired', 'cancelled')
      or old.status = 'approved' and old.consumed_at is null
        and new.status in ('approved', 'revoked', 'lapsed')
    )
  then
    return new;
  end if;
  raise exception 'approval % is %, and stays it', old.id, old.status using errcode = '42501';
end $$;

create trigger approvals_moves before update or delete on approvals
  for each row execute function refuse_approval_change();
