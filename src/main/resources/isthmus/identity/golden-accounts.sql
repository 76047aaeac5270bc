-- The accounts of its customers, their points, and the points of other systems that are the same ones.
with own as (
    select m.golden, a.id as account, p ->> 'servicePoint' as point
    from golden_member m
    join record_account a on a.entity = 'account' and not a.deleted and a.body ->> 'customer' = m.member
    left join lateral json_array_elements(
        case json_typeof(a.body -> 'servicePoints') when 'array' then a.body -> 'servicePoints' end) p on true
    where m.golden = any (?))
select golden, account, point from own
union
select o.golden, o.account, case l.left_id when o.point then l.right_id else l.left_id end
from own o
join lateral (
    select distinct on (left_id, right_id) left_id, right_id, state from link_log
    where left_id = o.point collate "C" or right_id = o.point collate "C"
    order by left_id, right_id, id desc) l on l.state = 'linked'
