-- Whom one of two might as well be, as MATCH has it: another of the same system that is not known to be the same.
with two as (select no, id, model, source from match_subject where id in (?, ?)),
near as (
    select t.no, q.other
    from two t cross join lateral (
        select right_no as other, posterior, vetoed from match_pair where left_no = t.no
        union all
        select left_no, posterior, vetoed from match_pair where right_no = t.no) q
    where not q.vetoed and q.posterior >= ?)
select distinct r.id
from near n join two x on x.no <> n.no join match_subject r on r.no = n.other and r.source = x.source and r.no <> x.no
where not exists (select from match_pair p where p.left_no = least(x.no, r.no) and p.right_no = greatest(x.no, r.no) and p.posterior >= ?)
  and not exists (select from link_log l where (l.left_id, l.right_id) in ((x.id, r.id), (r.id, x.id)) and l.state = 'linked' and (l.rule <> 'MATCH' or l.decided_by <> 'rules')
                                          and not exists (select from link_log n where n.left_id = l.left_id and n.right_id = l.right_id and n.id > l.id))
  and not exists (select from two t join link_log l on (l.left_id, l.right_id) in ((t.id, r.id), (r.id, t.id))
                  where t.no = n.no and l.state = 'vetoed' and l.decided_by <> 'rules'
                    and not exists (select from link_log n where n.left_id = l.left_id and n.right_id = l.right_id and n.id > l.id))
order by r.id
