create table erasure (
    number       bigint generated always as identity primary key,
    subject      text collate "C" not null,
    reason       text not null,
    ticket       text not null,
    state        text collate "C" not null default 'requested' check (state in ('requested', 'refused', 'approved', 'done')),
    requested_by text not null,
    requested_at timestamptz not null,
    decided_by   text check (decided_by <> requested_by),
    decided_at   timestamptz,
    done_at      timestamptz,
    records      int,
    versions     int,
    keys         int,
    pages        int,
    refusals     int
);
create unique index erasure_open on erasure (subject) where state in ('requested', 'approved');
comment on table erasure is
    'Who asked for a person to be erased, which other one said yes, and what was destroyed; approved and not done goes on when the hub starts.';
comment on column erasure.subject is 'The record of the person that was named; with it goes everything that identity takes for the same person.';

-- Few are ever erased, and each chunk that is kept or refused asks who.
create index record_customer_erased on record_customer (silo, id) where erased is not null;
