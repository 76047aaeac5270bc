-- Who shares an identity number, or a name with a flat, and belongs to two unified customers all the same: the first against each other one.
delete from golden_twin;
create index on link_number (holder);
analyze link_number;

insert into golden_twin
with mark as (
    select c.id collate "C" as id, 'number' as shared, n.type || ' ' || n.hash as mark
    from link_customer c cross join lateral json_to_recordset(c.identifiers) as n(type text, hash text)
    where n.type is not null and n.hash is not null
    union all
    select s.id, 'name-and-flat', t.key::text from match_twin t join match_subject s using (no)),
holder as (
    select k.shared, k.mark, m.golden, min(k.id) as id
    from mark k join golden_member m on m.member = k.id
    where (k.shared, k.mark) in (select shared, mark from mark group by shared, mark having count(*) > 1)
    group by k.shared, k.mark, m.golden),
placed as (
    select shared, golden, id, first_value(golden) over places as first_golden, first_value(id) over places as first_id,
           count(*) over (partition by shared, mark) as holders
    from holder window places as (partition by shared, mark order by id)),
two as (
    -- A number that more than twenty hold is an agent's or stands for nothing.
    select distinct on (least(golden, first_golden), greatest(golden, first_golden))
           first_id as left_id, id as right_id, first_golden as left_golden, golden as right_golden, shared
    from placed where golden <> first_golden and (shared <> 'number' or holders <= 20)
    order by least(golden, first_golden), greatest(golden, first_golden), shared = 'number' desc, first_id, id),
apart as (
    select least(a.golden, b.golden) as one, greatest(a.golden, b.golden) as other, bool_or(e.place = 0) as is_said
    from link_edge e
    join match_subject l on l.no = e.left_no join golden_member a on a.member = l.id
    join match_subject r on r.no = e.right_no join golden_member b on b.member = r.id
    where e.state = 'vetoed' group by 1, 2)
select t.left_id, t.right_id, t.shared
from two t left join apart p on p.one = least(t.left_golden, t.right_golden) and p.other = greatest(t.left_golden, t.right_golden)
-- Whom a person has parted is two; and whoever shares no more than a name and a flat is two where anything speaks against it.
where case when t.shared = 'number' then p.is_said is not true
           else p.one is null and not exists (
               select from golden_member a join link_number x on x.holder = a.member
               join golden_member b on b.golden = t.right_golden
               join link_number y on y.holder = b.member and y.type = x.type and y.key = x.key
               where a.golden = t.left_golden
               group by x.type, x.key having not bool_or(x.hash = y.hash)) end
