-- Run against a real server by DialectPullTest.
-- Dates and times as text: a driver would bend them.
select
  t.BILL_ID,
  t.`order`,
  t.`Amount Due`,
  cast(t.DUE_DAY as char) as DUE_DAY,
  cast(t.CHANGED_AT as char) as CHANGED_AT
from BILL t
where t.CHANGED_AT >= :?from
order by t.CHANGED_AT, t.BILL_ID, t.`order`
