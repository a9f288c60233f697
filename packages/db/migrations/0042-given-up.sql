-- What was given up: counted each time somebody looks at the operations. Partial, so that each is as
-- small as what failed.
create index webhook_deliveries_failed on webhook_deliveries (id) where status = 'failed';
create index notices_untold on notices (id) where status = 'untold';
