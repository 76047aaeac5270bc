-- The last that a person has set; where the records of two who did are one by now, the last of both.
select golden, member, id, path, value, at
from (select distinct on (m.golden, s.path) m.golden, s.*
      from golden_said s join golden_member m on m.member = s.member
      where m.golden = any (?)
        and not exists (select from golden_said n where n.member = s.member and n.path = s.path and n.id > s.id)
      order by m.golden, s.path, s.value is null, s.id desc) as last
where value is not null
