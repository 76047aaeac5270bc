-- The feed over HTTP: what it needs to know of a chunk without reading its changes, and who reads it.

alter table chunk_log add column tells jsonb not null default '{}';
update chunk_log l set tells = told.tells
from (select chunk, jsonb_object_agg(entity, n) as tells
      from (select chunk, entity, count(*) as n from change group by chunk, entity) as by_entity
      group by chunk) as told
where told.chunk = l.chunk;
comment on column chunk_log.tells is 'How many changes of each entity the chunk tells; stays when the changes themselves are pruned.';

-- Null for records that were stored before; their instant is told in UTC.
alter table record add column time_offset int;
comment on column record.time_offset is 'Seconds east of UTC in which the time is told, as in change.';

create table feed_kept (
    one         boolean primary key default true check (one),
    position    bigint not null,
    recorded_at timestamptz not null
);
insert into feed_kept (position, recorded_at) values (0, '-infinity');
comment on table feed_kept is
    'The changes up to this position of the change log are pruned; chunk and chunk_log stay, for lineage and order.';
comment on column feed_kept.recorded_at is 'The latest time at which one of them was recorded.';

create table consumer (
    name     text collate "C" not null,
    entity   text collate "C" not null,
    position text collate "C" not null,
    told     timestamptz not null,
    primary key (name, entity)
);
comment on table consumer is 'How far each consumer that says its name has been told over HTTP; for people, nothing is decided by it.';
