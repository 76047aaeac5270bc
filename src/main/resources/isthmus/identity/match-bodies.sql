select t.n, r.id, r.silo, r.contenthash, r.body
from match_stale t join public.record r on r.entity = 'customer' and r.id = t.id
where t.n > ? and t.n <= ? and t.is_there
order by t.n
