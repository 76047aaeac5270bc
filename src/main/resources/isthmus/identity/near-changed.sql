-- The customers and accounts of the next chunks of the log. So many that a province has come at once are the night's.
with next as (
    select c.position, c.chunk from chunk_log c, link_position p where c.position > p.position order by c.position limit ?),
changed as (
    select distinct ch.id from next join change ch using (chunk)
    where ch.entity in ('customer', 'account') and ch.id not like 'urn:isthmus:%:hub:%')
select coalesce((select max(position) from next), 0) as up_to,
       case when (select count(*) from changed) <= 2000 then array(select id from changed) else '{}'::text[] end as ids
