-- The strongest first; a tie is decided by the ids, so that the order of arrival never counts.
select left_no, right_no, left_id, right_id from link_edge where state = 'linked'
order by place, likely desc, left_id, right_id
