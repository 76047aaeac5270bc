-- Dates and times as text: a driver would refuse zero dates and bend local times.
select
  c.CONS_NO,
  c.CONS_NAME,
  c.ELEC_ADDR,
  c.CONS_SORT_CODE,
  c.ELEC_TYPE_CODE,
  c.CONTRACT_CAP,
  c.RUN_CAP,
  c.STATUS_CODE,
  c.ORG_NO,
  c.MR_SECT_NO,
  c.BILLING_DAY,
  cast(c.BUILD_DATE as char) as BUILD_DATE,
  cast(c.CANCEL_DATE as char) as CANCEL_DATE,
  c.PAY_CODE,
  c.CTL_MODE,
  c.OWN_AMT,
  c.POWEROFF_CODE,
  cast(c.LAST_UPDATED as char) as LAST_UPDATED,
  m.MP_NO as `points.MP_NO`,
  m.PRC_CODE as `points.PRC_CODE`,
  m.PRC_BGN as `points.PRC_BGN`,
  cast(m.FROM_DATE as char) as `points.FROM_DATE`,
  cast(m.TO_DATE as char) as `points.TO_DATE`
from C_CONS c
left join C_MP m on m.CONS_NO = c.CONS_NO
where c.LAST_UPDATED >= :?from
order by c.LAST_UPDATED, c.CONS_NO, m.MP_NO
