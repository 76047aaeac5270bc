-- Customers that keys have linked; an account stands for its customer.
with pair as (
    select distinct least(one, other) as one, greatest(one, other) as other
    from (select case when split_part(n.left_id, ':', 5) = 'account' then a.body ->> 'customer' else n.left_id end collate "C" as one,
                 n.right_id as other
          from link_now n left join record_account a on a.entity = 'account' and a.id = n.left_id
          where n.state = 'linked' and n.rule = any(?) and n.decided_by = 'rules'
            and split_part(n.right_id, ':', 5) = 'customer') as linked
    where one <> other)
select l.id as left_id, l.source as left_source, l.features as left_features,
       r.id as right_id, r.source as right_source, r.features as right_features
from pair p join match_subject l on l.id = p.one join match_subject r on r.id = p.other
where l.shape = ? and r.shape = l.shape
order by hashtextextended(l.id || r.id, 0) limit ?
