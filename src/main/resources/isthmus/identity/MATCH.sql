-- A pair that is likely one, unless one of the two might as well be a third of the same system, which is not that same one again.
insert into link_found
with side as materialized (
    select p.left_no as no, p.right_no as other, p.posterior, p.vetoed from match_pair p
    union all
    select p.right_no, p.left_no, p.posterior, p.vetoed from match_pair p),
subject as (select no, id, model, source from match_subject),
said as materialized (select left_id, right_id, state from link_now where decided_by <> 'rules' and state in ('linked', 'vetoed')),
rival as (
    select distinct s.no, s.other
    from side s join side q on q.no = s.no and q.other <> s.other and not q.vetoed
    join subject here on here.no = s.other join subject there on there.no = q.other and there.source = here.source
    where not exists (select from side x where x.no = s.other and x.other = q.other and x.posterior >= (select link from match_limit m where m.model = here.model))
      and not exists (select from link_found f where f.left_id = least(here.id, there.id) and f.right_id = greatest(here.id, there.id)
                                                and f.doubt is null)
      -- Whom a person has said to be the same, or to be somebody else, is no rival.
      and not exists (select from said w where w.state = 'linked' and w.left_id = least(here.id, there.id) and w.right_id = greatest(here.id, there.id))
      and not exists (select from said w join subject own on own.no = s.no
                      where w.state = 'vetoed' and w.left_id = least(own.id, there.id) and w.right_id = greatest(own.id, there.id)))
select least(l.id, r.id), greatest(l.id, r.id), ?,
       case when p.vetoed then 'unlike'
            when p.posterior < m.link then 'unsure'
            when p.strong < 2 then 'thin'
            when exists (select from rival v where (v.no, v.other) in ((p.left_no, p.right_no), (p.right_no, p.left_no))) then 'rival'
            when l.source = r.source and m.within = 'review' then 'one-system' end,
       jsonb_build_object('rule', 'MATCH', 'version', m.version, 'levels', p.levels, 'score', p.score)
from match_pair p join subject l on l.no = p.left_no join subject r on r.no = p.right_no join match_limit m on m.model = l.model
where p.posterior >= case when p.vetoed then m.link else m.review end
