create temporary table golden_move on commit drop as
select coalesce(n.member, m.member) as member, m.golden as from_golden, g.id as to_golden
from golden_now n join golden g on g.anchor = n.anchor
full join golden_member m on m.member = n.member
where m.golden is distinct from g.id;
insert into golden_log (member, from_golden, to_golden, night, at)
select member, from_golden, to_golden, ?::bigint, ? from golden_move order by member
