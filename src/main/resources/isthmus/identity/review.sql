-- The last row of a pair stands: one that anything was written behind waits no more.
select id, left_id, right_id, rule, reason, evidence::text, link_posterior(evidence) as posterior, at
from link_log l
where state = 'review'
  and ((rule = 'MATCH'), (-link_posterior(evidence)), id) > (cast(:alike as boolean), -cast(:posterior as numeric), cast(:id as bigint))
  and (cast(:rule as text) is null or rule = :rule)
  and not exists (select from link_log n where n.left_id = l.left_id and n.right_id = l.right_id and n.id > l.id)
order by (rule = 'MATCH'), (-link_posterior(evidence)), id
limit :limit
