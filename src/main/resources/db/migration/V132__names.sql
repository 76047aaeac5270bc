-- Names are compared as the models compare them, by one code.
drop function link_resemble(text, text);

create table link_othername (
    left_id  text collate "C" not null,
    right_id text collate "C" not null,
    primary key (left_id, right_id)
);
comment on table link_othername is 'Customers and accounts that are linked though their names do not resemble each other; as of the last night.';

create view v_othername as
select n.rule,
       case n.decided_by when 'rules' then 'rules' else 'person' end as decided_by,
       split_part(n.left_id, ':', 5)             as left_entity,
       split_part(n.left_id, ':', 4)             as left_silo,
       native_key(n.left_id)                     as left_no,
       split_part(n.right_id, ':', 5)            as right_entity,
       split_part(n.right_id, ':', 4)            as right_silo,
       native_key(n.right_id)                    as right_no,
       n.left_id, n.right_id,
       n.at                                      as since
from link_othername o join link_now n on n.left_id = o.left_id and n.right_id = o.right_id
where n.state = 'linked';
comment on view v_othername is
    'Customers and accounts that are linked though their names do not resemble each other. Of two entities the first in the alphabet is left.';

create table match_twin (key bigint not null, no bigint not null);
create index match_twin_key on match_twin (key, no);
create index match_twin_no on match_twin (no);
comment on table match_twin is 'What hardly two have who are not one: hashes of a name with a flat.';

create table golden_twin (
    left_id  text collate "C" not null,
    right_id text collate "C" not null,
    shared   text collate "C" not null check (shared in ('number', 'name-and-flat')),
    primary key (left_id, right_id)
);
comment on table golden_twin is
    'Two customers that share what hardly two have, and belong to two unified customers all the same; as of the last night.';

create view v_duplicate as
select t.shared,
       split_part(t.left_id, ':', 4)             as left_silo,
       native_key(t.left_id)                     as left_no,
       split_part(t.right_id, ':', 4)            as right_silo,
       native_key(t.right_id)                    as right_no,
       t.left_id, t.right_id, l.golden as left_unified, r.golden as right_unified
from golden_twin t join golden_member l on l.member = t.left_id join golden_member r on r.member = t.right_id
where l.golden <> r.golden;
comment on view v_duplicate is
    'Two unified customers that share an identity number, or a name with a flat, by a record of each; of several that share it each against the first.';

create table golden_said (
    id      bigint generated always as identity primary key,
    member  text collate "C" not null,
    path    text collate "C" not null,
    value   text,
    said_by text collate "C" not null,
    at      timestamptz not null
);
create index golden_said_member on golden_said (member, path, id desc);
comment on table golden_said is
    'Values that a person has set for the customer that a record is of; the last row of a record and path stands, one without a value takes it back. Personal data.';
