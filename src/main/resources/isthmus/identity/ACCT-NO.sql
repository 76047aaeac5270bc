insert into link_found
select least(a.id, b.id), greatest(a.id, b.id), ?, null, jsonb_build_object('rule', 'ACCT-NO', 'no', a.no)
from link_account a join link_account b on b.no = a.no and a.silo < b.silo
