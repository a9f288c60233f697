-- How many reviews of one submitter wait: asked at every submission, so that none of them crowds out
-- the others. Partial, so that it stays as small as the backlog.
create index submissions_waiting on submissions (submitter_id) where status = 'pending_llm';
