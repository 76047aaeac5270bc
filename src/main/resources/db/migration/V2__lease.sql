create table lease (
    name    text collate "C" primary key,
    holder  text collate "C" not null,
    epoch   bigint not null,
    since   timestamptz not null,
    expires timestamptz not null
);
comment on table lease is
    'Which hub pulls a system, or tells the feed; rows are never removed, so that an epoch never comes twice.';
comment on column lease.expires is 'By the clock of this database, never by that of a hub.';

alter table run
    add column hub   text collate "C",
    add column epoch bigint;
comment on column run.epoch is 'Of the lease under which the run writes; null for runs that move no cursor.';

alter table chunk_log add column events int not null default 0;
comment on column chunk_log.events is 'How many changes the chunk tells; their sum behind a position is what waits.';
