-- Dates and times as text: a driver would refuse zero dates and bend local times.
select
  m.MP_NO,
  m.CONS_NO,
  m.MP_ADDR,
  m.TYPE_CODE,
  m.MP_ATTR_CODE,
  m.USAGE_CODE,
  m.STATUS_CODE,
  m.VOLT_CODE,
  m.WIRING_MODE,
  m.MEAS_MODE,
  m.TG_ID,
  m.TG_NAME,
  m.LINE_ID,
  m.MR_SECT_NO,
  m.MR_SN,
  m.PRC_CODE,
  m.PRC_BGN,
  cast(m.FROM_DATE as char) as FROM_DATE,
  cast(m.TO_DATE as char) as TO_DATE,
  cast(m.LAST_UPDATED as char) as LAST_UPDATED
from C_MP m
where m.LAST_UPDATED >= :?from
order by m.LAST_UPDATED, m.MP_NO
