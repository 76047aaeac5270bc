-- The log has grown.
delete from link_now;
insert into link_now select distinct on (left_id, right_id) * from link_log
where left_id = any (array(select id from near)) and right_id = any (array(select id from near))
order by left_id, right_id, id desc
