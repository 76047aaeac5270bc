-- Dates and times as text: a driver would refuse zero dates and bend local times.
select
  p.PAY_ID,
  p.CONS_NO,
  p.RCVBL_YM,
  p.SEQ_NO,
  p.PAY_AMT,
  p.CHANNEL,
  p.TENDER,
  p.PAY_TIME,
  p.VALUE_DATE,
  p.BANK_SERIAL,
  p.STATUS_CODE,
  p.REV_PAY_ID,
  cast(p.LAST_UPDATED as char) as LAST_UPDATED
from A_RCVED_FLOW p
where p.LAST_UPDATED >= :?from
order by p.LAST_UPDATED, p.PAY_ID
