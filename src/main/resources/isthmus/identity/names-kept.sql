delete from link_othername;
insert into link_othername
select left_id, right_id from link_unlike join link_now using (left_id, right_id) where state = 'linked'
