-- Values that name a person are sealed under a key of that person's own (trust.md 2). Whose key it is stands here as a keyed
-- hash, so that the row of a destroyed one can stay: it says that nothing of that person may be kept again.
create table data_key (
    no      bigint generated always as identity primary key,
    owner   bytea not null unique,
    profile text collate "C" not null,
    master  text collate "C",
    wrapped bytea,
    created timestamptz not null default now(),
    erased  timestamptz,
    check ((wrapped is null) = (erased is not null) and (master is null) = (wrapped is null))
);
create index data_key_master on data_key (master);
comment on table data_key is
    'The keys of persons, wrapped by a master key that is never in the store. A row without a key is of somebody who was erased. Backups of this table must end when the law says that an erasure is done.';
comment on column data_key.owner is 'HMAC of the id of the customer whose key it is, else of the record or the raw bytes that it seals.';
comment on column data_key.profile is 'With what it seals: intl is AES-256-GCM, gm is SM4-GCM.';

create table master_key (
    id    text collate "C" primary key,
    since timestamptz not null default now()
);
comment on table master_key is 'Ids of the master keys under which keys of persons stand; a hub that lacks one of them seals nothing.';

alter table record add column blind bigint[];
comment on column record.blind is 'Customers only: what they are found by, each a keyed hash of a telephone, an address, a name or a number.';
create index record_customer_blind on record_customer using gin (blind);

alter table record add column erased timestamptz;
comment on column record.erased is 'When the person was erased; nothing that arrives later makes the record again.';

alter table raw_object add column key bigint;
comment on column raw_object.key is 'Under which key its parts are sealed; null for parts from before sealing.';
alter table quarantine add column key bigint;
comment on column quarantine.key is 'Under which key its bytes are sealed; null for bytes from before sealing, and for bytes that were erased.';
