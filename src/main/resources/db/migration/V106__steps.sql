alter table reconcile_run add column asked json;
comment on column reconcile_run.asked is 'What the night was asked for; only who asks the same takes it up again when it was stopped.';

create table reconcile_step (
    night  bigint not null references reconcile_run,
    step   text collate "C" not null,
    result json not null,
    at     timestamptz not null,
    primary key (night, step)
);
comment on table reconcile_step is 'What the night that runs, or was stopped, has found so far: one row a system and check, until it ends.';
