-- Customers whose subject is missing, of another body or of another shape, or that are gone.
create temporary table match_stale on commit drop as
select coalesce(r.id, s.id) as id, s.no, r.id is not null as is_there,
       row_number() over (order by r.id is null, r.id) as n
from (select id, contenthash from record where entity = 'customer' and not deleted) r
full join match_subject s on s.id = r.id
where r.id is null or s.id is null or s.contenthash <> r.contenthash or s.shape <> all (?)
