-- A temporary table goes before the one of its name: from here on the statements of the night see these records and no others.
create temporary table near on commit drop as select distinct t.id collate "C" as id from unnest(?::text[]) as t (id);
analyze near;
create temporary table match_subject on commit drop as select s.* from near join public.match_subject s using (id);
analyze match_subject;
create temporary table match_pair on commit drop as
select p.* from match_subject l join public.match_pair p on p.left_no = l.no where p.right_no in (select no from match_subject);
create temporary table golden_member on commit drop as select m.* from near join public.golden_member m on m.member = near.id;
create unique index on golden_member (member);
create temporary table golden on commit drop as
select g.* from public.golden g
where g.anchor = any (array(select id from near)) or g.id = any (array(select golden from golden_member));
create temporary table link_now on commit drop as
select distinct on (left_id, right_id) * from link_log
where left_id = any (array(select id from near)) and right_id = any (array(select id from near))
order by left_id, right_id, id desc;
create temporary table record on commit drop as
select r.entity, r.id, r.silo, r.deleted, r.contenthash, r.body from near join public.record r using (id)
where r.entity in ('customer', 'account');
analyze match_pair, golden_member, golden, link_now, record
