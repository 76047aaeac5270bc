insert into link_log (left_id, right_id, rule, state, reason, evidence, rules_version, decided_by, night, at)
select left_id, right_id, coalesce(rule, old_rule), coalesce(state, 'ended'),
       case when state is null then 'holds-no-more' else reason end, coalesce(evidence, old_evidence), ?, 'rules', ?::bigint, ?
from link_change order by left_id, right_id
