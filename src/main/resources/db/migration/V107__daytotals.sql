create table day_file (
    system  text collate "C" not null,
    pull    text collate "C" not null,
    name    text collate "C" not null,
    mapping text collate "C" not null,
    days    date[] not null,
    refused bytea not null,
    primary key (system, pull, name)
);
comment on table day_file is
    'Which days the blocks of an archived file are of, and the MD5 of every piece refused in it; so a night need not read it again.';

create table day_total (
    system text collate "C" not null,
    entity text collate "C" not null,
    day    date not null,
    files  uuid not null,
    blocks bigint not null,
    energy numeric not null,
    hash   numeric not null,
    primary key (system, entity, day)
);
comment on table day_total is
    'Days on which both shores agreed block by block: the files that speak of them, and what the store held of them then.';
