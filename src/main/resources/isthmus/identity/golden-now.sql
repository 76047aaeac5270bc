-- Of several that are one the oldest stands; where none was ever built, the least record is the anchor of a new one.
create temporary table golden_now on commit drop as
with member as (
    select s.id as member, coalesce(c.root, s.no) as root from match_subject s left join golden_root c using (no)),
anchor as (
    select distinct on (m.root) m.root, m.member as anchor
    from member m left join golden g on g.anchor = m.member
    order by m.root, g.built_at nulls last, m.member)
select m.member, a.anchor from member m join anchor a using (root);
analyze golden_now
