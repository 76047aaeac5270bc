-- Dates and times as text: a driver would refuse zero dates and bend local times.
select
  r.CONS_NO,
  r.RCVBL_YM,
  r.SEQ_NO,
  r.MP_NO,
  r.PRC_CODE,
  r.PRC_BGN,
  r.BILL_KIND,
  r.BGN_DATE,
  r.END_DATE,
  r.T_PQ,
  r.PEAK_PQ,
  r.VALLEY_PQ,
  r.PRE_READ,
  r.CUR_READ,
  r.T_FACTOR,
  r.NET_AMT,
  r.TAX_AMT,
  r.RCVBL_PENALTY,
  r.RCVBL_AMT,
  r.RCVED_AMT,
  r.OWE_AMT,
  r.RELEASE_TIME,
  r.DUE_DATE,
  r.SETTLE_FLAG,
  cast(r.LAST_UPDATED as char) as LAST_UPDATED,
  d.LINE_NO as `lines.LINE_NO`,
  d.KIND_CODE as `lines.KIND_CODE`,
  d.TOU_CODE as `lines.TOU_CODE`,
  d.TIER_NO as `lines.TIER_NO`,
  d.QTY as `lines.QTY`,
  d.UNIT_PRICE as `lines.UNIT_PRICE`,
  d.AMT as `lines.AMT`
from A_RCVBL_FLOW r
left join A_RCVBL_DET d on d.CONS_NO = r.CONS_NO and d.RCVBL_YM = r.RCVBL_YM and d.SEQ_NO = r.SEQ_NO
where r.LAST_UPDATED >= :?from
order by r.LAST_UPDATED, r.CONS_NO, r.RCVBL_YM, r.SEQ_NO, d.LINE_NO
