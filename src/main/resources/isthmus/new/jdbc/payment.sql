-- Dates and times as text: a driver would refuse zero dates and bend local times.
select
  p.PAY_ID,
  p.CONS_NO,
  p.PAY_AMT,
  p.CHANNEL,
  p.PAY_TIME,
  p.STATUS_CODE,
  cast(p.LAST_UPDATED as char) as LAST_UPDATED
from A_RCVED_FLOW p
where p.LAST_UPDATED >= :?from
order by p.LAST_UPDATED, p.PAY_ID
