create table reconcile_run (
    id      bigint generated always as identity primary key,
    as_of   timestamptz not null,
    started timestamptz not null,
    ended   timestamptz,
    verdict text collate "C" check (verdict in ('GREEN', 'AMBER', 'RED')),
    report  json
);
comment on table reconcile_run is 'Every night: when both shores were counted, and what was found. No end means it was stopped.';
