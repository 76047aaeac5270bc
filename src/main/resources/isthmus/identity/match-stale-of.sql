-- As match-stale, of some records.
create temporary table match_stale on commit drop as
select of.id, s.no, r.id is not null as is_there, row_number() over (order by of.id) as n
from unnest(?::text[]) as of (id)
left join public.record r on r.entity = 'customer' and r.id = of.id and not r.deleted
left join public.match_subject s on s.id = of.id
where (r.id is not null or s.id is not null)
  and (r.id is null or s.id is null or s.contenthash <> r.contenthash or s.shape <> all (?))
