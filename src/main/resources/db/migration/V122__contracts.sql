-- What the feed promises besides the changes: days that are judged, and deleted records that compaction may forget.

create index record_intervalblock_day on record_intervalblock (silo, (body ->> 'localDate'));

create function day_meters(of_system text, of_day date, zone text) returns table (meter text, complete boolean)
language sql stable as $$
    with blocks as materialized (
        select b.body ->> 'meter' as meter,
               bool_and((b.body ->> 'received')::int = (b.body ->> 'expected')::int) as complete
        from record_intervalblock b
        where b.silo = of_system and b.body ->> 'localDate' = to_char(of_day, 'YYYY-MM-DD')
          and b.body ->> 'series' = 'raw' and not b.deleted
        group by 1)
    select m.id, coalesce(blocks.complete, false)
    from record_meter m left join blocks on blocks.meter = m.id
    where m.silo = of_system and not m.deleted
      and exists (select from json_array_elements(m.body -> 'installations') i
                  where (i ->> 'from')::timestamptz < (of_day + 1)::timestamp at time zone zone
                    and coalesce((i ->> 'to')::timestamptz, 'infinity') > of_day::timestamp at time zone zone)
$$;
comment on function day_meters is
    'The meters installed on a local day, and whether every block of each has every value; one without a block has not.';

create table business_day (
    system   text collate "C" not null,
    day      date not null,
    revision int not null,
    zone     text collate "C" not null,
    expected bigint not null,
    complete bigint not null,
    judged   timestamptz not null,
    told     timestamptz,
    primary key (system, day, revision)
);
create index business_day_untold on business_day (judged) where told is null;
comment on table business_day is 'What was found of each local day of a system; the highest revision holds.';

create table business_day_noted (
    one      boolean primary key default true check (one),
    position bigint not null
);
insert into business_day_noted (position) values (0);
comment on table business_day_noted is 'How far the change log has been looked through for days; no reader of the feed.';

create table business_day_due (
    system text collate "C" not null,
    day    date not null,
    zone   text collate "C" not null,
    primary key (system, day)
);
comment on table business_day_due is 'Days of which something has come that nobody has judged yet.';

create index record_deleted on record (recorded_from) where deleted;

create table feed_tombstone (
    entity   text collate "C" not null,
    id       text collate "C" not null,
    sequence text collate "C" not null,
    told     timestamptz not null,
    primary key (id, entity)
);
comment on table feed_tombstone is 'Which delete of a record Kafka may forget by now; each is told once.';
