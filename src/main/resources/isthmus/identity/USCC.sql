-- Branches share the code of their organization: each is linked to the one that stands for it, the oldest that has not ended.
insert into link_found
with holder as (
    select n.holder, n.hash,
           row_number() over (partition by n.hash order by (c.kind = 'organization') desc nulls last, c.ended is null desc,
                                                           c.began, n.holder) as place
    from link_number n join link_customer c on c.id = n.holder where n.type = 'uscc')
select least(a.holder, b.holder), greatest(a.holder, b.holder), ?, null,
       jsonb_build_object('rule', 'USCC', 'type', 'uscc', 'fingerprint', a.hash)
from holder a join holder b on b.hash = a.hash and b.place > 1
where a.place = 1
