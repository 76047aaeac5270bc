delete from A_RCVBL_DET;
delete from A_RCVBL_FLOW;
delete from A_RCVED_FLOW;
insert into C_CONS
select concat('77000', 10000 + s.seq), c.CONS_NAME, concat(c.ELEC_ADDR, s.seq), c.CONS_SORT_CODE, c.ELEC_TYPE_CODE,
  c.CONTRACT_CAP, c.RUN_CAP, c.STATUS_CODE, c.ORG_NO, c.MR_SECT_NO, c.BILLING_DAY, c.BUILD_DATE, c.CANCEL_DATE,
  c.PAY_CODE, c.CTL_MODE, c.OWN_AMT, c.POWEROFF_CODE, :from
from seq_1_to_:customers s join (select * from C_CONS order by CONS_NO limit 1) c;
insert into C_MP
select concat('66000', 10000 + s.seq), concat('77000', 10000 + s.seq), concat(m.MP_ADDR, s.seq), m.TYPE_CODE,
  m.MP_ATTR_CODE, m.USAGE_CODE, m.STATUS_CODE, m.VOLT_CODE, m.WIRING_MODE, m.MEAS_MODE, m.TG_ID, m.TG_NAME, m.LINE_ID,
  m.MR_SECT_NO, m.MR_SN, m.PRC_CODE, m.PRC_BGN, m.FROM_DATE, m.TO_DATE, :from
from seq_1_to_:customers s join (select * from C_MP order by MP_NO limit 1) m
