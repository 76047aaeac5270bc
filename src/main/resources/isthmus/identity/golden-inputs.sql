-- What each is made of now; one that nobody belongs to any more is made of nothing.
with made as (
    select m.golden, r.contenthash as of from golden_member m join record r on r.entity = 'customer' and r.id = m.member
    union all
    select m.golden, a.id || a.contenthash from golden_member m
    join (select id, contenthash, body ->> 'customer' as customer from record where entity = 'account' and not deleted) a
        on a.customer = m.member
    union all
    select m.golden, 'alias ' || o.id from golden o join golden_member m on m.member = o.anchor where m.golden <> o.id
    union all
    select m.golden, 'said ' || s.id from golden_said s join golden_member m on m.member = s.member
    union all
    select m.golden, 'link ' || n.id from link_now n join link_edge e using (left_id, right_id)
    join match_subject s on s.no = e.left_no join golden_member m on m.member = s.id
    where e.state = 'linked'),
inputs as (select golden, md5(? || string_agg(of, ' ' order by of))::uuid as inputs from made group by golden)
update golden g set inputs = i.inputs
from golden o left join inputs i on i.golden = o.id
where g.id = o.id and o.inputs is distinct from i.inputs
