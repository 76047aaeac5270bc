-- Not run: written after the maker's manual.
-- Dates and times as text: a driver would bend them.
select
  t.BILL_ID,
  t."order",
  t."Amount Due",
  varchar_format(t.DUE_DAY, 'YYYY-MM-DD') as DUE_DAY,
  varchar_format(t.CHANGED_AT, 'YYYY-MM-DD HH24:MI:SS.FF6') as CHANGED_AT
from BILL t
where t.CHANGED_AT >= cast(:?from as timestamp)
order by t.CHANGED_AT, t.BILL_ID, t."order"
