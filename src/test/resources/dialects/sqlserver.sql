-- Not run: written after the maker's manual.
-- Dates and times as text: a driver would bend them.
select
  t.BILL_ID,
  t.[order],
  t.[Amount Due],
  convert(varchar(40), t.DUE_DAY, 23) as DUE_DAY,
  convert(varchar(40), t.CHANGED_AT, 121) as CHANGED_AT
from BILL t
where t.CHANGED_AT >= convert(datetime2, :?from, 121)
order by t.CHANGED_AT, t.BILL_ID, t.[order]
