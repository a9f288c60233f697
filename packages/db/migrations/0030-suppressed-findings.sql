-- Which suppression covered a finding when it was made. What an admin has looked at and accepted stays
-- listed; it only stops nothing.

alter table findings add column suppressed_by uuid references suppressions;
alter table suppressions add column revoked_by uuid references principals;
create index findings_blocking on findings (rule_id)
  where tier = 'block' and stage = 'static_security';
