create or replace temporary table bench as
select s.seq as n,
  concat('77000', 10001 + s.seq % :customers) as cons,
  concat('66000', 10001 + s.seq % :customers) as point,
  :from + interval (s.seq div :customers) % 60 month as starts,
  1 + s.seq div (:customers * 60) as part,
  50 + s.seq % 397 + (s.seq % 89) / 100 as kwh,
  round((50 + s.seq % 397 + (s.seq % 89) / 100) * 0.55830, 2) as total
from seq_0_to_:last s;
insert into A_RCVBL_FLOW
select b.cons, date_format(b.starts, '%Y%m'), b.part, b.point, t.PRC_CODE, t.PRC_BGN, '1', date_format(b.starts, '%Y%m%d'),
  date_format(b.starts + interval 1 month, '%Y%m%d'), b.kwh, null, null, 1000 + b.n % 50000, 1000 + b.n % 50000 + b.kwh, 1,
  round(b.total / 1.13, 2), b.total - round(b.total / 1.13, 2), null, b.total, if(b.n % 4, b.total, '0.00'),
  if(b.n % 4, '0.00', b.total), date_format(b.starts + interval 31 day, '%Y-%m-%d 09:12:44'),
  date_format(b.starts + interval 50 day, '%Y-%m-%d'), if(b.n % 4, '03', '01'), :from + interval b.n second
from bench b join (select PRC_CODE, PRC_BGN from C_MP order by MP_NO limit 1) t;
insert into A_RCVBL_DET
select b.cons, date_format(b.starts, '%Y%m'), b.part, 1, '01', null, null, b.kwh, 0.55830, b.total
from bench b;
drop temporary table bench
