create table backfill (
    id        bigint generated always as identity primary key,
    system    text collate "C" not null,
    pull      text collate "C" not null,
    span_from timestamp not null,
    span_to   timestamp not null,
    keys      text collate "C" not null,
    value     json,
    pieces    bigint not null default 0,
    state     text collate "C" not null check (state in ('open', 'done')),
    run       bigint not null,
    begun     timestamptz not null,
    updated   timestamptz not null,
    unique (system, pull, span_from, span_to, keys)
);
comment on table backfill is 'Spans that were asked for again, each with a cursor of its own beside the live one.';
comment on column backfill.span_from is 'In the system''s own zone, like its change times; inclusive, span_to is not.';
comment on column backfill.keys is 'Digest of the keys that alone are wanted; empty for all.';
comment on column backfill.run is 'The run that may move it; a command that goes on takes it over.';
