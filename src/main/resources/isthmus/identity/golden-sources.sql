select m.golden, r.id, r.silo, r.sequence, r.time, r.body
from golden_member m join record r on r.entity = 'customer' and r.id = m.member
where m.golden = any (?) and not r.deleted
order by m.golden, r.id
