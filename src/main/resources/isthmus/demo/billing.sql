create table C_CONS (
  CONS_NO char(16) not null, CONS_NAME varchar(128), ELEC_ADDR varchar(256), CONS_SORT_CODE char(2),
  ELEC_TYPE_CODE char(3), CONTRACT_CAP decimal(16,6), RUN_CAP decimal(16,6), STATUS_CODE char(1), ORG_NO char(8),
  MR_SECT_NO varchar(16), BILLING_DAY int, BUILD_DATE date, CANCEL_DATE date, PAY_CODE char(2), CTL_MODE char(2),
  OWN_AMT decimal(16,2), POWEROFF_CODE char(1), LAST_UPDATED datetime not null,
  primary key (CONS_NO), key (LAST_UPDATED, CONS_NO)
) default charset = gbk;

create table C_MP (
  MP_NO char(16) not null, CONS_NO char(16) not null, MP_ADDR varchar(256), TYPE_CODE char(2), MP_ATTR_CODE char(2),
  USAGE_CODE char(2), STATUS_CODE char(2), VOLT_CODE char(2), WIRING_MODE char(1), MEAS_MODE char(1),
  TG_ID varchar(16), TG_NAME varchar(64), LINE_ID varchar(16), MR_SECT_NO varchar(16), MR_SN int, PRC_CODE char(8),
  PRC_BGN char(8), FROM_DATE date, TO_DATE date, LAST_UPDATED datetime not null,
  primary key (MP_NO), key (CONS_NO, MP_NO), key (LAST_UPDATED, MP_NO)
) default charset = gbk;

create table E_CAT_PRC (
  PRC_CODE char(8) not null, BGN_DATE char(8) not null, END_DATE char(8), PRC_NAME varchar(64),
  ELEC_TYPE_CODE char(3), VOLT_CODE char(2), TAX_FLAG char(1), TIER_WINDOW char(1),
  primary key (PRC_CODE, BGN_DATE)
) default charset = gbk;

create table E_CAT_PRC_DET (
  PRC_CODE char(8) not null, BGN_DATE char(8) not null, DET_NO int not null, DET_TYPE char(1), TOU_CODE char(1),
  PRICE decimal(12,6), TIER_NO int, FROM_KWH decimal(12,2), TO_KWH decimal(12,2),
  primary key (PRC_CODE, BGN_DATE, DET_NO)
) default charset = gbk;

create table A_RCVBL_FLOW (
  CONS_NO char(16) not null, RCVBL_YM char(6) not null, SEQ_NO int not null, MP_NO char(16), PRC_CODE char(8),
  PRC_BGN char(8), BILL_KIND char(1), BGN_DATE char(8), END_DATE char(8), T_PQ decimal(16,4), PEAK_PQ decimal(16,4),
  VALLEY_PQ decimal(16,4), PRE_READ decimal(12,2), CUR_READ decimal(12,2), T_FACTOR decimal(10,2),
  NET_AMT varchar(40), TAX_AMT varchar(40), RCVBL_PENALTY varchar(40), RCVBL_AMT varchar(40), RCVED_AMT varchar(40),
  OWE_AMT varchar(40), RELEASE_TIME varchar(24), DUE_DATE varchar(10), SETTLE_FLAG char(2),
  LAST_UPDATED datetime not null,
  primary key (CONS_NO, RCVBL_YM, SEQ_NO), key (LAST_UPDATED, CONS_NO, RCVBL_YM, SEQ_NO)
) default charset = gbk;

create table A_RCVBL_DET (
  CONS_NO char(16) not null, RCVBL_YM char(6) not null, SEQ_NO int not null, LINE_NO int not null, KIND_CODE char(2),
  TOU_CODE char(1), TIER_NO int, QTY decimal(16,4), UNIT_PRICE decimal(12,6), AMT decimal(16,2),
  primary key (CONS_NO, RCVBL_YM, SEQ_NO, LINE_NO)
) default charset = gbk;

create table A_RCVED_FLOW (
  PAY_ID bigint not null, CONS_NO char(16), RCVBL_YM char(6), SEQ_NO int, PAY_AMT varchar(40), CHANNEL char(2),
  TENDER char(2), PAY_TIME varchar(24), VALUE_DATE char(8), BANK_SERIAL varchar(40), STATUS_CODE char(1),
  REV_PAY_ID bigint, LAST_UPDATED datetime not null,
  primary key (PAY_ID), key (LAST_UPDATED, PAY_ID)
) default charset = gbk
