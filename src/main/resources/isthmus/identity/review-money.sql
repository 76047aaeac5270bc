-- What was billed to the accounts behind both sides: those that name the customer, those linked to it, or the record itself.
with party as (
    select pair, id from unnest(cast(:pairs as bigint[]), cast(:lefts as text[]), cast(:rights as text[])) as p (pair, left_id, right_id)
    cross join lateral (values (left_id), (right_id)) as side (id)),
behind as (
    select pair, id collate "C" as account from party where split_part(id, ':', 5) = 'account'
    union
    select p.pair, a.id from party p join record_account a on a.body ->> 'customer' = p.id
    where a.entity = 'account' and not a.deleted
    union
    select p.pair, l.left_id from party p join link_log l on l.right_id = p.id collate "C"
    where l.state = 'linked' and split_part(l.left_id, ':', 5) = 'account'
      and not exists (select from link_log n where n.left_id = l.left_id and n.right_id = l.right_id and n.id > l.id))
select h.pair, coalesce(sum((b.body #>> '{amounts,total}')::numeric), 0) as money
from behind h join record_bill b on b.partitionkey = h.account
where b.entity = 'bill' and not b.deleted and b.valid_from >= :since
  and b.body ->> 'status' not in ('cancelled', 'replaced')
group by h.pair
