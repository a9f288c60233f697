/** What must never be found where people are asked, each with the query that would find it. */
export const gateBreaches: Readonly<Record<string, string>> = {
  'an action was let through by an approval of something else, or by none': `
    select executions.id as at from executions left join approvals on approvals.id = approval_id
    where authorized_by = 'approval' and (consumed_at is null or approvals.status <> 'approved'
      or (approvals.workspace_id, approvals.action, approvals.request_hash)
        <> (executions.workspace_id, executions.action, executions.request_hash))`,
  'an approval let two actions through': `
    select approval_id as at from executions where approval_id is not null
    group by approval_id having count(*) > 1`,
  'an approval is used and let nothing through': `
    select id as at from approvals where consumed_at is not null
    and not exists (select 1 from executions where approval_id = approvals.id)`,
  'a ticket was approved by nobody who may': `
    select id as at from approvals where status = 'approved'
    and not (decided_by = 'system:reviewer' and stage = 'auto_review' and review ->> 'outcome' = 'allow')
    and (select count(*) from approval_votes join principals on principals.id = principal_id
      where approval_id = approvals.id and verdict = 'approve' and kind = 'user'
      and principal_id <> requester_id and principal_id not in (
        select principal_id from approval_co_requesters where approval_id = approvals.id
      )) < votes_needed`,
  'a ticket was decided and not told of, or told of twice': `
    select id as at from approvals where status in ('approved', 'denied')
    and (select count(*) from events where type = 'approval.decided'
      and data ->> 'approval_id' = approvals.id::text) <> 1`,
  'a step of a ticket is on record twice': `
    select resource as at from audit_entries where resource like 'approval:%'
    and action in ('approval.requested', 'approval.approved', 'approval.denied', 'approval.consumed')
    group by resource, action having count(*) > 1`,
  'a workspace was closed without an approval, or an approval to close it did nothing': `
    select coalesce(closed.id, allowed.id) as at from
      (select id::text from workspaces where deleted_at is not null) closed
      full join (select context ->> 'workspace_id' as id from executions
        join approvals on approvals.id = approval_id
        where executions.action = 'delete_workspace' and executions.status = 'succeeded') allowed
      using (id)
    where closed.id is null or allowed.id is null`,
}
