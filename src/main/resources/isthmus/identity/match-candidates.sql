-- Whatever two have in common, they are weighed once. What too many have in common says nothing.
create temporary table match_candidate on commit drop as
with block as (select key from match_key group by key having count(*) between 2 and ?)
select distinct a.no as left_no, b.no as right_no
from block join match_key a using (key) join match_key b using (key)
where a.no < b.no
