-- Of several that are one the oldest stands; where none was ever built, the least record is the anchor of a new one.
create temporary table golden_now on commit drop as
with member as (
    -- A cluster's number is not to meet that of a record that is alone.
    select s.id as member, coalesce(-1 - c.root, s.no) as root
    from match_subject s left join cluster_node n using (no) left join golden_root c using (n)),
anchor as (
    select distinct on (m.root) m.root, m.member as anchor
    from member m left join golden g on g.anchor = m.member
    order by m.root, g.built_at nulls last, m.member)
select m.member, a.anchor from member m join anchor a using (root);
analyze golden_now
