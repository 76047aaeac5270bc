-- What stands is numbered anew, from 1 on and without gaps, and taken into the tree as if it had been written into it.
alter table audit disable trigger audit_stays;
alter table audit alter column id drop identity;
alter table audit add column leaf bytea;

-- Twice, as two rows never have the same number, not even for a moment.
update audit set id = -dense.number
from (select id, row_number() over (order by at, id) as number from audit) as dense where dense.id = audit.id;
update audit set id = -id;

-- The canonical JSON of an entry (RFC 8785); isthmus.audit.proof.Entry writes the same.
update audit set leaf = sha256('\x00'::bytea || convert_to(
    '{"action":' || to_json(action)::text || ',"actor":' || to_json(actor)::text
    || ',"at":"' || to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    || '","detail":' || to_json(detail)::text || ',"number":' || id || ',"subject":' || to_json(subject)::text || '}',
    'UTF8'));
alter table audit alter column leaf set not null;
alter table audit enable trigger audit_stays;

comment on column audit.id is 'The number of the entry, from 1 on without gaps, in the order in which they were written.';
comment on column audit.leaf is 'SHA-256 of 0x00 and the canonical JSON of the entry: its leaf of the tree (RFC 6962).';

create table audit_tree (
    one   boolean primary key default true check (one),
    size  bigint not null,
    peaks bytea not null,
    at    timestamptz
);
comment on table audit_tree is 'How far the tree of the audit has grown; whoever has its row locked writes entries.';
comment on column audit_tree.peaks is 'The roots of the complete subtrees, the largest first.';
comment on column audit_tree.at is 'The time of the last entry.';

create table audit_node (
    level smallint not null,
    place bigint not null,
    hash  bytea not null,
    primary key (level, place)
);
comment on table audit_node is 'The inner nodes of every eighth level, so that a proof need not read the whole log.';

create table audit_head (
    id        bigint generated always as identity primary key,
    size      bigint not null,
    at        timestamptz not null,
    root      bytea not null,
    key       bytea not null,
    signature bytea not null unique
);
comment on table audit_head is 'The heads that were signed: so many entries, with this root, at this time.';

do $$
declare
    entry record;
    peaks bytea[] := '{}';
    hash  bytea;
    level int;
    place bigint;
    size  bigint := 0;
begin
    for entry in select leaf from audit order by id loop
        hash := entry.leaf;
        level := 0;
        place := size;
        while place % 2 = 1 loop
            hash := sha256('\x01'::bytea || peaks[cardinality(peaks)] || hash);
            peaks := peaks[:cardinality(peaks) - 1];
            level := level + 1;
            place := place / 2;
            if level % 8 = 0 then
                insert into audit_node (level, place, hash) values (level, place, hash);
            end if;
        end loop;
        peaks := peaks || hash;
        size := size + 1;
    end loop;
    insert into audit_tree (size, peaks, at)
    values (size,
            (select coalesce(string_agg(peak, ''::bytea order by n), ''::bytea) from unnest(peaks) with ordinality as p (peak, n)),
            (select max(at) from audit));
end $$;

create or replace function audit_stays() returns trigger language plpgsql as
$$ begin raise exception '% takes rows and never changes one', tg_table_name; end $$;
create trigger audit_stays before update or delete or truncate on audit_node
    for each statement execute function audit_stays();
create trigger audit_stays before update or delete or truncate on audit_head
    for each statement execute function audit_stays();

create function audit_grows() returns trigger language plpgsql as
$$ begin
    if tg_op = 'UPDATE' and new.size > old.size then
        return new;
    end if;
    raise exception 'the tree of the audit only grows';
end $$;
create trigger audit_grows before update or delete on audit_tree for each row execute function audit_grows();
create trigger audit_stays before truncate on audit_tree for each statement execute function audit_stays();
