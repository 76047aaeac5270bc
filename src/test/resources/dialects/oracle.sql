-- Not run: written after the maker's manual.
-- Dates and times as text: a driver would bend them.
select
  t.BILL_ID,
  t."order",
  t."Amount Due",
  to_char(t.DUE_DAY, 'YYYY-MM-DD') as DUE_DAY,
  to_char(cast(t.CHANGED_AT as timestamp), 'YYYY-MM-DD HH24:MI:SS.FF6') as CHANGED_AT
from BILL t
where t.CHANGED_AT >= to_timestamp(:?from, 'YYYY-MM-DD HH24:MI:SS.FF')
order by t.CHANGED_AT, t.BILL_ID, t."order"
