-- A customer names an account of another system. One that was closed before the customer came is vetoed at the end.
insert into link_found
select a.id, c.id, ?, null, jsonb_build_object('rule', 'XREF', 'field', w.field, 'no', a.no)
from link_crosswalk w
join link_customer c on c.silo = w.customers
join link_account a on a.silo = w.accounts and a.no = c.ext ->> w.field
