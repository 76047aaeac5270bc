alter table record_history add column time timestamptz;
comment on column record_history.time is 'When it changed at its source, so that the night sees what stood before its cut-off; null for older rows.';
