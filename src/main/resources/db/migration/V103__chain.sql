alter table reconcile_run add column previous text collate "C", add column hash text collate "C";
comment on column reconcile_run.hash is
    'SHA-256 in hex over previous, a line feed and the text of report; so no report can be changed unseen without all later ones.';
comment on column reconcile_run.previous is 'The hash of the night that ended before; empty for the first.';

-- Nights that had ended before there was a chain are its beginning.
do $$
declare
    night record;
    last text := '';
begin
    for night in select id, report::text as told from reconcile_run where ended is not null order by id loop
        update reconcile_run set previous = last,
               hash = encode(sha256(convert_to(last || E'\n' || night.told, 'UTF8')), 'hex')
        where id = night.id returning hash into last;
    end loop;
end $$;

-- A chain has no forks: two nights that end at once cannot both follow the same one.
create unique index reconcile_run_previous on reconcile_run (previous);

create table night_notice (
    night      bigint not null references reconcile_run,
    channel    text collate "C" not null,
    state      text collate "C" not null check (state in ('waiting', 'told', 'given-up')),
    attempts   int not null default 0,
    last_error text,
    next_try   timestamptz not null default now(),
    told_at    timestamptz,
    primary key (channel, night)
);
create index night_notice_waiting on night_notice (next_try) where state = 'waiting';
comment on table night_notice is 'Who is still to be told of a night: one row a night and channel, tried again until it was told.';
comment on column night_notice.last_error is 'Why nobody was told the last time; no address, for it may hold a password.';
