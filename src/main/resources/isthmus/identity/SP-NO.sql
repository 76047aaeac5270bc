insert into link_found
select least(a.id, b.id), greatest(a.id, b.id), ?, null, jsonb_build_object('rule', 'SP-NO', 'no', a.no)
from link_point a join link_point b on b.no = a.no and a.silo < b.silo
