update C_CONS set LAST_UPDATED = '2000-01-01' where LAST_UPDATED > :from;
insert into C_CONS
select concat('7', date_format(:from, '%y%m%d'), lpad(s.seq, 7, '0')), c.CONS_NAME, concat(c.ELEC_ADDR, s.seq), c.CONS_SORT_CODE,
  c.ELEC_TYPE_CODE, c.CONTRACT_CAP, c.RUN_CAP, c.STATUS_CODE, c.ORG_NO, c.MR_SECT_NO, c.BILLING_DAY, c.BUILD_DATE, c.CANCEL_DATE,
  c.PAY_CODE, c.CTL_MODE, c.OWN_AMT, c.POWEROFF_CODE, :from + interval s.seq second
from seq_0_to_:last s join (select * from C_CONS order by CONS_NO limit 1) c
