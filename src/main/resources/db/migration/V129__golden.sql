create table golden (
    id       text collate "C" primary key,
    anchor   text collate "C" not null unique,
    built_at timestamptz not null,
    inputs   uuid,
    built    uuid
);
comment on table golden is 'Every unified customer there ever was. One whose anchor belongs to another is an alias of that, and comes back as itself when they are parted.';
comment on column golden.anchor is 'The record of a system that it stands and falls with, the first that it was built of.';
comment on column golden.inputs is 'Of what it consists now; null when nobody belongs to it.';
comment on column golden.built is 'Of what it was last built; null when the store has no record of it, or one that is deleted.';
create index golden_due on golden (id) where inputs is distinct from built;

create table golden_member (
    member text collate "C" primary key,
    golden text collate "C" not null references golden
);
create index golden_member_golden on golden_member (golden);
comment on table golden_member is 'Which unified customer a customer of a system belongs to now.';

create table golden_log (
    id          bigint generated always as identity primary key,
    member      text collate "C" not null,
    from_golden text collate "C",
    to_golden   text collate "C",
    night       bigint not null,
    at          timestamptz not null
);
create index golden_log_member on golden_log (member, id);
comment on table golden_log is 'Every move of a customer from one unified customer to another; no row is ever changed.';

create function golden_log_stays() returns trigger language plpgsql as
$$ begin raise exception 'golden_log takes rows and never changes one'; end $$;
create trigger golden_log_stays before update or delete or truncate on golden_log
    for each statement execute function golden_log_stays();

create view v_unifiedcustomer as
select m.golden as id, m.member, split_part(m.member, ':', 4) as silo, native_key(m.member) as customer_no
from golden_member m;
comment on view v_unifiedcustomer is 'Which customers of the systems are one, a row a customer.';

create table record_unifiedcustomer partition of record for values in ('unifiedcustomer');
