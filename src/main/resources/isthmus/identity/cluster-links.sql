-- The strongest first; a tie is decided by the ids, so that the order of arrival never counts.
select l.n, r.n, left_id, right_id
from link_edge e join cluster_node l on l.no = e.left_no join cluster_node r on r.no = e.right_no
where e.state = 'linked'
order by place, likely desc, left_id, right_id
