create table audit (
    id      bigint generated always as identity primary key,
    at      timestamptz not null,
    actor   text not null,
    action  text collate "C" not null,
    subject text collate "C" not null,
    detail  text not null
);
create index audit_subject on audit (subject, id);
comment on table audit is 'Who had the hub do what, to what and why; rows are added and never changed.';

create function audit_stays() returns trigger language plpgsql as
$$ begin raise exception 'audit takes rows and never changes one'; end $$;
create trigger audit_stays before update or delete or truncate on audit
    for each statement execute function audit_stays();

create table repair (
    entity text collate "C" not null,
    id     text collate "C" not null,
    system text collate "C" not null,
    run    bigint not null,
    kind   text collate "C" not null check (kind in ('missing', 'extra', 'different')),
    at     timestamptz not null,
    cured  boolean not null,
    primary key (entity, id)
);
comment on table repair is 'The last repair of each record, and whether both shores agreed about it afterwards.';
