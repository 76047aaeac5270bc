create temporary table late as
select r.* from A_RCVBL_FLOW r where r.SEQ_NO = 1 and r.RCVBL_YM = '202001' order by r.CONS_NO limit 4;
update late set SEQ_NO = 900, LAST_UPDATED = '2019-01-01 00:00:00';
insert into A_RCVBL_FLOW select * from late;
insert into A_RCVBL_DET
select CONS_NO, RCVBL_YM, SEQ_NO, 1, '01', null, null, T_PQ, 0.55830, RCVBL_AMT from late;
delete from A_RCVBL_FLOW where SEQ_NO = 1 and RCVBL_YM = '202002' order by CONS_NO limit 3;
update A_RCVBL_FLOW set DUE_DATE = '2031-01-01', LAST_UPDATED = LAST_UPDATED where SEQ_NO = 1 and RCVBL_YM = '202003'
order by CONS_NO limit 2;
update A_RCVBL_FLOW set RCVBL_AMT = RCVBL_AMT + 0.01, LAST_UPDATED = LAST_UPDATED where SEQ_NO = 1 and RCVBL_YM = '202004'
order by CONS_NO limit 2;
update A_RCVBL_DET set QTY = QTY + 0.0001 where SEQ_NO = 1 and RCVBL_YM = '202005' order by CONS_NO limit 2;
drop temporary table late
