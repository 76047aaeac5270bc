-- One verdict a pair. A veto goes before a doubt.
create temporary table link_verdict on commit drop as
with known as (
    select p.left_id, p.right_id, p.place, p.doubt, p.evidence,
           l.holder as left_holder, l.kind as left_kind, l.began as left_began, l.ended as left_ended,
           r.holder as right_holder, r.kind as right_kind, r.began as right_began, r.ended as right_ended
    from link_pair p left join link_party l on l.id = p.left_id left join link_party r on r.id = p.right_id),
other_number as (
    select distinct left_id, right_id
    from (select k.left_id, k.right_id
          from known k join link_number l on l.holder = k.left_holder
          join link_number r on r.holder = k.right_holder and r.type = l.type and r.key = l.key
          group by k.left_id, k.right_id, l.type, l.key having not bool_or(l.hash = r.hash)) as apart),
judged as (
    select k.*,
           case when o.left_id is not null then 'other-number'
                when (k.left_kind, k.right_kind) in (('person', 'organization'), ('organization', 'person')) then 'other-kind'
                when k.left_ended < k.right_began or k.right_ended < k.left_began then 'ended-before' end as veto,
           -- Branches and companies have names of their own; only that of an account goes with its number.
           coalesce(k.doubt, case when k.place <> ? and u.left_id is not null
                                   and (k.place = ? or k.left_kind = 'person' and k.right_kind = 'person')
                                  then 'other-name' end) as held
    from known k left join other_number o using (left_id, right_id) left join link_unlike u using (left_id, right_id))
select left_id, right_id, place,
       case when veto is not null then 'vetoed' when held is not null then 'review' else 'linked' end as state,
       coalesce(veto, held) as reason,
       case when veto = 'ended-before'
            then evidence || case when left_ended < right_began
                                  then jsonb_build_object('ended', left_ended, 'began', right_began)
                                  else jsonb_build_object('ended', right_ended, 'began', left_began) end
            else evidence end as evidence
from judged;
