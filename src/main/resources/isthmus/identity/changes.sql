-- What differs from what stands. Where a person has spoken last, the night says nothing, unless the word was taken back.
create temporary table link_change on commit drop as
select coalesce(v.left_id, n.left_id) as left_id, coalesce(v.right_id, n.right_id) as right_id,
       v.rule, v.state, v.reason, v.evidence, n.rule as old_rule, n.state as old_state, n.evidence as old_evidence
from (select f.*, rule.code as rule from link_verdict f join unnest(?::text[]) with ordinality as rule(code, place) using (place)) v
full join link_now n on n.left_id = v.left_id and n.right_id = v.right_id
where (coalesce(n.decided_by, 'rules') = 'rules' or n.state = 'ended')
  and case when v.left_id is null then n.state <> 'ended'
           else (v.rule, v.state, v.reason) is distinct from (n.rule, n.state, n.reason)
             or v.evidence <> n.evidence and link_said(v.evidence) <> link_said(n.evidence) end
