-- Dates and times as text: a driver would refuse zero dates and bend local times.
select
  p.PRC_CODE,
  p.BGN_DATE,
  p.END_DATE,
  p.PRC_NAME,
  p.ELEC_TYPE_CODE,
  p.VOLT_CODE,
  p.TAX_FLAG,
  p.TIER_WINDOW,
  d.DET_NO as `details.DET_NO`,
  d.DET_TYPE as `details.DET_TYPE`,
  d.TOU_CODE as `details.TOU_CODE`,
  d.PRICE as `details.PRICE`,
  d.TIER_NO as `details.TIER_NO`,
  d.FROM_KWH as `details.FROM_KWH`,
  d.TO_KWH as `details.TO_KWH`
from E_CAT_PRC p
left join E_CAT_PRC_DET d on d.PRC_CODE = p.PRC_CODE and d.BGN_DATE = p.BGN_DATE
order by p.PRC_CODE, p.BGN_DATE, d.DET_NO
