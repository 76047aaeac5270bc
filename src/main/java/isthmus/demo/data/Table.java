package isthmus.demo.data;

import java.util.List;

/** The tables of the billing system, in the order in which they are filled. */
enum Table {
    E_CAT_PRC("PRC_CODE,BGN_DATE,END_DATE,PRC_NAME,ELEC_TYPE_CODE,VOLT_CODE,TAX_FLAG,TIER_WINDOW"),
    E_CAT_PRC_DET("PRC_CODE,BGN_DATE,DET_NO,DET_TYPE,TOU_CODE,PRICE,TIER_NO,FROM_KWH,TO_KWH"),
    C_CONS("CONS_NO,CONS_NAME,ELEC_ADDR,CONS_SORT_CODE,ELEC_TYPE_CODE,CONTRACT_CAP,RUN_CAP,STATUS_CODE,ORG_NO,"
            + "MR_SECT_NO,BILLING_DAY,BUILD_DATE,CANCEL_DATE,PAY_CODE,CTL_MODE,OWN_AMT,POWEROFF_CODE,LAST_UPDATED"),
    C_MP("MP_NO,CONS_NO,MP_ADDR,TYPE_CODE,MP_ATTR_CODE,USAGE_CODE,STATUS_CODE,VOLT_CODE,WIRING_MODE,MEAS_MODE,TG_ID,"
            + "TG_NAME,LINE_ID,MR_SECT_NO,MR_SN,PRC_CODE,PRC_BGN,FROM_DATE,TO_DATE,LAST_UPDATED"),
    A_RCVBL_FLOW("CONS_NO,RCVBL_YM,SEQ_NO,MP_NO,PRC_CODE,PRC_BGN,BILL_KIND,BGN_DATE,END_DATE,T_PQ,PEAK_PQ,VALLEY_PQ,"
            + "PRE_READ,CUR_READ,T_FACTOR,NET_AMT,TAX_AMT,RCVBL_PENALTY,RCVBL_AMT,RCVED_AMT,OWE_AMT,RELEASE_TIME,"
            + "DUE_DATE,SETTLE_FLAG,LAST_UPDATED"),
    A_RCVBL_DET("CONS_NO,RCVBL_YM,SEQ_NO,LINE_NO,KIND_CODE,TOU_CODE,TIER_NO,QTY,UNIT_PRICE,AMT"),
    A_RCVED_FLOW("PAY_ID,CONS_NO,RCVBL_YM,SEQ_NO,PAY_AMT,CHANNEL,TENDER,PAY_TIME,VALUE_DATE,BANK_SERIAL,STATUS_CODE,"
            + "REV_PAY_ID,LAST_UPDATED");

    private final List<String> columns;

    Table(String columns) {
        this.columns = List.of(columns.split(","));
    }

    List<String> columns() {
        return columns;
    }

    /** A statement that puts so many rows, replacing those of the same key. */
    String replace(int rows) {
        String row = "(?" + ",?".repeat(columns.size() - 1) + ")";
        return "replace into " + name() + " (" + String.join(",", columns) + ") values " + row
                + ("," + row).repeat(rows - 1);
    }
}
