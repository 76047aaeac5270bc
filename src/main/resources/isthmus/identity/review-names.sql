select i.id, c.id as customer, c.body
from unnest(cast(:ids as text[])) as i (id)
left join record_account a on a.entity = 'account' and a.id = i.id collate "C"
join record_customer c on c.entity = 'customer' and not c.deleted
    and c.id = coalesce(a.body ->> 'customer', i.id) collate "C"
