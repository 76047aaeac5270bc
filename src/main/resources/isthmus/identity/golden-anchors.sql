-- A unified customer whose anchor is gone stands on with the first of its others that is nobody's anchor yet.
update golden g set anchor = x.member
from (select distinct on (m.golden) m.golden, m.member
      from golden_member m join match_subject s on s.id = m.member
      where not exists (select from golden o where o.anchor = m.member)
        and not exists (select from golden o join match_subject a on a.id = o.anchor where o.id = m.golden)
      order by m.golden, m.member) x
where g.id = x.golden
