-- The unified store. Text that carries identity or order is compared as bytes (collate "C"), whatever the server's locale.

create table record (
    entity        text collate "C" not null,
    id            text collate "C" not null,
    silo          text collate "C" not null,
    sequence      text collate "C" not null,
    deleted       boolean not null,
    contenthash   text collate "C" not null,
    keyhash       uuid not null,
    rowhash       uuid not null,
    time          timestamptz not null,
    partitionkey  text collate "C" not null,
    money         numeric,
    energy        numeric,
    valid_from    date,
    valid_to      date,
    recorded_from timestamptz not null,
    chunk         bigint not null,
    ordinal       int not null,
    mapping       text collate "C" not null,
    quality       json,
    positions     text collate "C",
    body          json not null,
    primary key (entity, id)
) partition by list (entity);

create table record_customer        partition of record for values in ('customer');
create table record_account         partition of record for values in ('account');
create table record_servicepoint    partition of record for values in ('servicepoint');
create table record_meter           partition of record for values in ('meter');
create table record_intervalblock   partition of record for values in ('intervalblock');
create table record_registerreading partition of record for values in ('registerreading');
create table record_tariff          partition of record for values in ('tariff');
create table record_bill            partition of record for values in ('bill');
create table record_payment         partition of record for values in ('payment');
create table record_servicerequest  partition of record for values in ('servicerequest');
create table record_default         partition of record default;

comment on table record is 'What is true now: one row a subject, tombstones included.';
comment on column record.sequence is 'The highest version applied (model.md 3.2); merged blocks carry ~m and a rising number.';
comment on column record.keyhash is 'MD5 of the native key, for reconciliation.';
comment on column record.rowhash is 'MD5 of the source row, for reconciliation; advances even when the record does not.';
comment on column record.positions is 'Blocks only: run-length sequences by position; null when every position has the sequence of the row.';
comment on column record.body is 'The canonical bytes of the record; the content hash was taken over them before sealing.';

create table record_history (
    entity        text collate "C" not null,
    id            text collate "C" not null,
    sequence      text collate "C" not null,
    deleted       boolean not null,
    contenthash   text collate "C" not null,
    valid_from    date,
    valid_to      date,
    recorded_from timestamptz not null,
    recorded_to   timestamptz not null,
    chunk         bigint not null,
    ordinal       int not null,
    mapping       text collate "C" not null,
    quality       json,
    body          json not null,
    primary key (entity, id, sequence, recorded_from)
);
comment on table record_history is 'What was true before: every superseded version with the time in which the hub believed it.';

create table chunk (
    chunk       bigint generated always as identity primary key,
    run         bigint not null,
    system      text collate "C" not null,
    pull        text collate "C" not null,
    transport   text collate "C" not null,
    object      text not null,
    hash        text collate "C",
    member      text,
    at          timestamptz not null,
    pieces      int not null,
    raw_sha256  text collate "C",
    recorded_at timestamptz not null
);
create index chunk_run on chunk (run);
comment on table chunk is 'Where a chunk came from; the lineage of its records resolves here.';

create table chunk_log (
    position bigint generated always as identity primary key,
    chunk    bigint not null unique
);
comment on table chunk_log is
    'The order of the feed. Inserted last, under an advisory lock held until commit, so positions become visible in order.';

create table change (
    chunk        bigint not null,
    n            int not null,
    entity       text collate "C" not null,
    id           text collate "C" not null,
    op           text collate "C" not null,
    sequence     text collate "C" not null,
    contenthash  text collate "C" not null,
    time         timestamptz not null,
    time_offset  int not null,
    partitionkey text collate "C" not null,
    ordinal      int not null,
    mapping      text collate "C" not null,
    quality      json,
    body         json not null,
    primary key (chunk, n)
);
comment on table change is 'Every applied version, as it is told to the world.';
comment on column change.time_offset is 'Seconds east of UTC in which the time is told.';

create table run (
    run     bigint generated always as identity primary key,
    system  text collate "C" not null,
    pull    text collate "C",
    trigger text not null,
    started timestamptz not null,
    ended   timestamptz,
    state   text collate "C" not null check (state in ('running', 'green', 'red', 'failed')),
    error   text
);
create index run_running on run (system) where state = 'running';
comment on table run is 'One pass over a system; red when the balance does not hold, failed when the world or we broke it.';

create table run_count (
    run         bigint not null,
    system      text collate "C" not null,
    entity      text collate "C" not null,
    read        bigint not null,
    applied     bigint not null,
    unchanged   bigint not null,
    stale       bigint not null,
    quarantined bigint not null,
    primary key (run, system, entity)
);
comment on table run_count is 'The balance: read = applied + unchanged + stale + quarantined.';

create table cursor (
    system  text collate "C" not null,
    pull    text collate "C" not null,
    value   json not null,
    updated timestamptz not null,
    run     bigint,
    primary key (system, pull)
);
comment on table cursor is 'How far each pull has come; moves with the chunk that reached it.';

create table cursor_history (
    id       bigint generated always as identity primary key,
    system   text collate "C" not null,
    pull     text collate "C" not null,
    value    json not null,
    moved_at timestamptz not null,
    reason   text not null,
    by       text not null
);
create index cursor_history_pull on cursor_history (system, pull, id);
comment on table cursor_history is 'Where a cursor stood before a person moved it, and why.';

create table arrival (
    system        text collate "C" not null,
    pull          text collate "C" not null,
    name          text collate "C" not null,
    sha256        text collate "C" not null,
    size          bigint not null,
    business_time timestamptz,
    state         text collate "C" not null check (state in ('claimed', 'done', 'refused')),
    lines_done    bigint not null default 0,
    first_seen    timestamptz not null,
    updated       timestamptz not null,
    archived_as   text,
    reason        text collate "C",
    run           bigint,
    primary key (system, name, sha256)
);
comment on table arrival is 'Every file by name and content, and how many of its lines are stored.';

create table quarantine (
    id          bigint generated always as identity primary key,
    fingerprint text collate "C" not null unique,
    run         bigint not null,
    chunk       bigint not null,
    system      text collate "C" not null,
    pull        text collate "C" not null,
    entity      text collate "C" not null,
    locator     text collate "C" not null,
    reason      text collate "C" not null,
    field       text,
    hint        text not null,
    bytes       bytea not null,
    origin      json not null,
    keyhash     uuid,
    rowhash     uuid,
    state       text collate "C" not null default 'open' check (state in ('open', 'replayed', 'dropped', 'superseded')),
    first_seen  timestamptz not null,
    last_seen   timestamptz not null,
    times       int not null,
    note        text
);
create index quarantine_locator on quarantine (system, entity, locator) where state = 'open';
comment on table quarantine is 'What was not understood, with its original bytes and the reason; one row a fingerprint.';

create table finding (
    key        text collate "C" primary key,
    code       text collate "C" not null,
    severity   text collate "C" not null,
    subject    text collate "C" not null,
    path       text,
    first_seen timestamptz not null,
    last_seen  timestamptz not null,
    state      text collate "C" not null default 'open',
    detail     json
);
comment on table finding is 'What is odd about a record that was stored nevertheless.';

create table pending_ref (
    child_entity  text collate "C" not null,
    child_id      text collate "C" not null,
    path          text collate "C" not null,
    parent_entity text collate "C" not null,
    parent_id     text collate "C" not null,
    since         timestamptz not null,
    primary key (child_id, path, parent_id)
);
comment on table pending_ref is 'References whose parent has not arrived yet; cleared at the end of a run when it has.';

create table raw_object (
    sha256   text collate "C" primary key,
    size     bigint not null,
    encoding text collate "C" not null,
    created  timestamptz not null
);
create table raw_part (
    sha256 text collate "C" not null,
    n      int not null,
    bytes  bytea not null,
    primary key (sha256, n)
);
-- The parts are compressed already.
alter table raw_part alter column bytes set storage external;
comment on table raw_object is 'Pages and messages as received, found by the SHA-256 of their clear bytes.';
comment on table raw_part is 'The compressed bytes of a raw object, in parts of at most one mebibyte.';

create table feed_position (
    name     text collate "C" primary key,
    position bigint not null,
    updated  timestamptz not null
);
comment on table feed_position is 'How far each feed has told the change log; moved after the acknowledgement.';
