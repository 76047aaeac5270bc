-- The first rule that found a pair decides about it; what the others found is evidence.
analyze link_found;

create temporary table link_pair on commit drop as
select f.left_id, f.right_id, min(f.place) as place, (array_agg(f.doubt order by f.place, f.doubt nulls first))[1] as doubt,
       jsonb_agg(f.evidence order by f.place, f.evidence) as evidence
from (select distinct * from link_found) f
group by f.left_id, f.right_id;

analyze link_pair;
