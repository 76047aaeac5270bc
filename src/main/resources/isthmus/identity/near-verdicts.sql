-- Judged are the pairs of those that were asked for and of who is next to them; of all others stands what stands.
delete from link_verdict where left_id <> all (?) and right_id <> all (?);
insert into link_verdict (left_id, right_id, place, state, reason, evidence)
select n.left_id, n.right_id, coalesce(rule.place, 0), n.state, n.reason, n.evidence
from link_now n left join unnest(?::text[]) with ordinality as rule (code, place) on rule.code = n.rule
where n.decided_by = 'rules' and n.state <> 'ended' and n.left_id <> all (?) and n.right_id <> all (?)
