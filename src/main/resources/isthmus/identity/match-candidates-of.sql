-- As match-candidates, of those that have just been made with all others.
create temporary table match_candidate on commit drop as
with own as (select k.key, k.no from match_stale t join public.match_subject s using (id) join match_key k on k.no = s.no),
block as (
    select o.key from (select distinct key from own) o
    cross join lateral (select count(*) as members from (select from match_key k where k.key = o.key limit ?) k) size
    where size.members between 2 and ?)
select distinct least(a.no, b.no) as left_no, greatest(a.no, b.no) as right_no
from block join own a using (key) join match_key b using (key)
where a.no <> b.no
