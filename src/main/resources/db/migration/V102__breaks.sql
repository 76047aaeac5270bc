create table reconcile_break (
    id           bigint generated always as identity primary key,
    code         text collate "C" not null,
    subject      text collate "C" not null,
    cause        text collate "C" not null,
    owner        text collate "C" not null,
    severity     text collate "C" not null check (severity in ('info', 'warning', 'error')),
    state        text collate "C" not null check (state in ('open', 'acknowledged', 'suppressed', 'resolved')),
    kwh          numeric,
    money        numeric,
    kwh_left     numeric,
    kwh_right    numeric,
    evidence     json not null,
    first_seen   timestamptz not null,
    opened       timestamptz not null,
    opened_night bigint not null,
    last_seen    timestamptz not null,
    last_night   bigint not null,
    resolved     timestamptz,
    reason       text,
    until        date,
    said_by      text,
    unique (code, subject)
);
create index reconcile_break_night on reconcile_break (code, last_night);
comment on table reconcile_break is
    'What the systems do not agree about, one row a check and subject: opened once, kept, closed when cured, opened again.';
comment on column reconcile_break.kwh is 'Energy at stake.';
comment on column reconcile_break.opened is 'When it opened last; first_seen is when it was opened for the first time.';
comment on column reconcile_break.evidence is 'The figures that the explanation is made of; nothing personal, for the views show nothing personal.';
comment on column reconcile_break.until is 'The last day on which it is suppressed.';

create table reconcile_break_log (
    id      bigint generated always as identity primary key,
    break   bigint not null references reconcile_break,
    at      timestamptz not null,
    night   bigint,
    what    text collate "C" not null
            check (what in ('opened', 'reopened', 'resolved', 'acknowledged', 'suppressed', 'expired')),
    reason  text,
    said_by text
);
create index reconcile_break_log_break on reconcile_break_log (break, id);
comment on table reconcile_break_log is 'What happened to a break, by a night or by a person; rows are never changed.';
