-- A pair that is likely one, unless one of the two might as well be a third of the same system, which is not that same one again.
create temporary table match_side on commit drop as
select p.no, p.other, s.source, s.id as other_id, h.id, p.posterior >= m.link as is_sure, p.vetoed
from (select left_no as no, right_no as other, posterior, vetoed from match_pair
      union all
      select right_no, left_no, posterior, vetoed from match_pair) p
join match_subject s on s.no = p.other join match_subject h on h.no = p.no join match_limit m on m.model = s.model;
create index on match_side (no, other);
analyze match_side;

create temporary table match_said on commit drop as
select left_id, right_id, state from link_now where decided_by <> 'rules' and state in ('linked', 'vetoed');
analyze match_said;
analyze link_found;

create temporary table match_rival on commit drop as
select distinct s.no, s.other
from match_side s
join match_side q on q.no = s.no and q.source = s.source and q.other <> s.other and not q.vetoed
left join match_side x on x.no = s.other and x.other = q.other and x.is_sure
left join link_found f on f.left_id = least(s.other_id, q.other_id) and f.right_id = greatest(s.other_id, q.other_id) and f.doubt is null
-- Whom a person has said to be the same, or to be somebody else, is no rival.
left join match_said one on one.state = 'linked' and one.left_id = least(s.other_id, q.other_id)
                        and one.right_id = greatest(s.other_id, q.other_id)
left join match_said apart on apart.state = 'vetoed' and apart.left_id = least(s.id, q.other_id)
                          and apart.right_id = greatest(s.id, q.other_id)
where x.no is null and f.left_id is null and one.left_id is null and apart.left_id is null;
create index on match_rival (no, other);
analyze match_rival;

insert into link_found
select least(l.id, r.id), greatest(l.id, r.id), ?,
       case when p.vetoed then 'unlike'
            when p.posterior < m.link then 'unsure'
            when p.strong < 2 then 'thin'
            when a.no is not null or b.no is not null then 'rival'
            when l.source = r.source and m.within = 'review' then 'one-system' end,
       jsonb_build_object('rule', 'MATCH', 'version', m.version, 'levels', p.levels, 'score', p.score)
from match_pair p
join match_subject l on l.no = p.left_no join match_subject r on r.no = p.right_no join match_limit m on m.model = l.model
left join match_rival a on a.no = p.left_no and a.other = p.right_no
left join match_rival b on b.no = p.right_no and b.other = p.left_no
where p.posterior >= case when p.vetoed then m.link else m.review end
