-- An id that its record once lost to another is not given twice.
insert into golden (id, anchor, built_at)
select case when g.id is null then f.id else f.other_id end, f.anchor, ?
from golden_found f left join golden g on g.id = f.id
