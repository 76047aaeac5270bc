select left_id, right_id, rule, evidence, rules_version, decided_by, at from link_now
where left_id = any (?) and right_id = any (?) and state = 'linked' order by left_id, right_id
