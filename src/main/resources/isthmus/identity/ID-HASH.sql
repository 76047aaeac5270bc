-- A number that more than twenty hold is an agent's or stands for nothing; each of them is then shown once, against the first.
insert into link_found
with holder as (
    select n.holder, n.type, n.hash, count(*) over same as holders,
           row_number() over (partition by n.type, n.hash order by n.holder) as place
    from link_number n where n.type <> 'uscc' window same as (partition by n.type, n.hash)),
shared as materialized (select * from holder where holders > 1)
select a.holder, b.holder, ?, case when a.holders > 20 then 'many-holders' end,
       jsonb_build_object('rule', 'ID-HASH', 'type', a.type, 'fingerprint', a.hash)
from shared a join shared b on b.type = a.type and b.hash = a.hash and a.holder < b.holder
where a.holders <= 20 or a.place = 1
