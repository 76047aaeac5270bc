create table contract_seen (
    system      text collate "C" not null,
    pull        text collate "C" not null,
    fingerprint text collate "C" not null,
    contract    json not null,
    first_seen  timestamptz not null,
    last_seen   timestamptz not null,
    run         bigint not null,
    primary key (system, pull, fingerprint)
);
comment on table contract_seen is 'What each pull was answered with, one row a shape; run is the last that saw it.';

create table contract_agreed (
    id          bigint generated always as identity primary key,
    system      text collate "C" not null,
    pull        text collate "C" not null,
    fingerprint text collate "C" not null,
    at          timestamptz not null,
    reason      text not null,
    by          text not null
);
create index contract_agreed_pull on contract_agreed (system, pull, id);
comment on table contract_agreed is 'Which shape counts from when on, and who said so; the last row of a pull holds. Never updated.';
