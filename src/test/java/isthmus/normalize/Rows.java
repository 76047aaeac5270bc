package isthmus.normalize;

/** One good row of every pull. */
final class Rows {
    private Rows() {}

    static Row of(String pull) {
        return switch (pull) {
            case "bill" -> bill();
            case "account" -> account();
            case "servicepoint" -> servicePoint();
            case "tariff" -> tariff();
            case "payment" -> payment();
            case "curve" -> curve();
            case "reading" -> reading();
            case "meter" -> meter();
            case "customer" -> customer();
            case "servicerequest" -> workOrder();
            default -> throw new IllegalArgumentException(pull);
        };
    }

    static Row bill() {
        return new Row("billing", "bill")
                .with("CONS_NO", "3100012345      ")
                .with("RCVBL_YM", "202610")
                .with("SEQ_NO", "1")
                .with("MP_NO", "JLD3100012345-1 ")
                .with("PRC_CODE", "RES2TOU ")
                .with("PRC_BGN", "20250101")
                .with("BILL_KIND", "1")
                .with("BGN_DATE", "20261001")
                .with("END_DATE", "20261101")
                .with("T_PQ", "320.0000")
                .with("PEAK_PQ", "212.0000")
                .with("VALLEY_PQ", "108.0000")
                .with("PRE_READ", "5120.35")
                .with("CUR_READ", "5440.35")
                .with("T_FACTOR", "1.00")
                .with("NET_AMT", "164.52")
                .with("TAX_AMT", null)
                .with("RCVBL_PENALTY", "")
                .with("RCVBL_AMT", "164.52")
                .with("RCVED_AMT", "0")
                .with("OWE_AMT", "164.52")
                .with("RELEASE_TIME", "2026-11-02 09:00:00")
                .with("DUE_DATE", "2026-11-20")
                .with("SETTLE_FLAG", "01")
                .with("LAST_UPDATED", "2026-11-02 09:00:03")
                .child(
                        "lines",
                        "LINE_NO",
                        "1",
                        "KIND_CODE",
                        "01",
                        "TOU_CODE",
                        "2",
                        "QTY",
                        "212.0000",
                        "UNIT_PRICE",
                        "0.568000",
                        "AMT",
                        "120.42")
                .child(
                        "lines",
                        "LINE_NO",
                        "2",
                        "KIND_CODE",
                        "01",
                        "TOU_CODE",
                        "4",
                        "QTY",
                        "108.0000",
                        "UNIT_PRICE",
                        "0.288000",
                        "AMT",
                        "31.10")
                .child(
                        "lines",
                        "LINE_NO",
                        "3",
                        "KIND_CODE",
                        "02",
                        "TIER_NO",
                        "2",
                        "QTY",
                        "260.0000",
                        "UNIT_PRICE",
                        "0.050000",
                        "AMT",
                        "13.00");
    }

    static Row account() {
        return new Row("billing", "account")
                .with("CONS_NO", "3100012345      ")
                .with("CONS_NAME", "张　三")
                .with("ELEC_ADDR", "河南省新乡市平安大道２８号院3号楼")
                .with("CONS_SORT_CODE", "03")
                .with("ELEC_TYPE_CODE", "400")
                .with("CONTRACT_CAP", "8.000000")
                .with("RUN_CAP", "8.000000")
                .with("STATUS_CODE", "0")
                .with("ORG_NO", "41407001")
                .with("MR_SECT_NO", "S0012")
                .with("BILLING_DAY", "12")
                .with("BUILD_DATE", "2014-03-08")
                .with("CANCEL_DATE", "0000-00-00")
                .with("PAY_CODE", "03")
                .with("CTL_MODE", "03")
                .with("OWN_AMT", "164.52")
                .with("POWEROFF_CODE", "0")
                .with("LAST_UPDATED", "2026-11-02 09:00:03")
                .child(
                        "points",
                        "MP_NO",
                        "JLD3100012345-1 ",
                        "PRC_CODE",
                        "RES2TOU ",
                        "PRC_BGN",
                        "20250101",
                        "FROM_DATE",
                        "2014-03-08",
                        "TO_DATE",
                        null);
    }

    static Row servicePoint() {
        return new Row("billing", "servicepoint")
                .with("MP_NO", "JLD3100012345-1 ")
                .with("CONS_NO", "3100012345      ")
                .with("MP_ADDR", "平安大道２８号院")
                .with("TYPE_CODE", "01")
                .with("MP_ATTR_CODE", "01")
                .with("USAGE_CODE", "01")
                .with("STATUS_CODE", "02")
                .with("VOLT_CODE", "01")
                .with("WIRING_MODE", "1")
                .with("MEAS_MODE", "3")
                .with("TG_ID", "TG001")
                .with("TG_NAME", "平安台区")
                .with("LINE_ID", "L07")
                .with("MR_SECT_NO", "S0012")
                .with("MR_SN", "17")
                .with("LAST_UPDATED", "2026-11-02 09:00:03");
    }

    static Row tariff() {
        return new Row("billing", "tariff")
                .with("PRC_CODE", "RES2TOU ")
                .with("BGN_DATE", "20250101")
                .with("END_DATE", "99991231")
                .with("PRC_NAME", "居民合表分时")
                .with("ELEC_TYPE_CODE", "400")
                .with("VOLT_CODE", "01")
                .with("TAX_FLAG", "1")
                .with("TIER_WINDOW", "Y")
                .child("details", "DET_NO", "1", "DET_TYPE", "B", "TOU_CODE", "2", "PRICE", "0.568000")
                .child("details", "DET_NO", "2", "DET_TYPE", "B", "TOU_CODE", "4", "PRICE", "0.288000")
                .child(
                        "details",
                        "DET_NO",
                        "3",
                        "DET_TYPE",
                        "T",
                        "TIER_NO",
                        "2",
                        "FROM_KWH",
                        "2760.00",
                        "TO_KWH",
                        "4800.00",
                        "PRICE",
                        "0.050000")
                .child(
                        "details",
                        "DET_NO",
                        "4",
                        "DET_TYPE",
                        "T",
                        "TIER_NO",
                        "3",
                        "FROM_KWH",
                        "4800.00",
                        "PRICE",
                        "0.300000");
    }

    static Row payment() {
        return new Row("billing", "payment")
                .with("PAY_ID", "88120011")
                .with("CONS_NO", "3100012345      ")
                .with("RCVBL_YM", "202610")
                .with("SEQ_NO", "1")
                .with("PAY_AMT", "164.52")
                .with("CHANNEL", "03")
                .with("TENDER", "04")
                .with("PAY_TIME", "2026-11-03 18:22:01")
                .with("VALUE_DATE", "20261103")
                .with("BANK_SERIAL", "WX20261103000017")
                .with("STATUS_CODE", "1")
                .with("REV_PAY_ID", null)
                .with("LAST_UPDATED", "2026-11-03 18:22:05");
    }

    static Row curve() {
        Row row = new Row("metering", "curve")
                .with("ASSET_NO", "4101234567890")
                .with("MP_NO", "MP0000123456")
                .with("DATA_DATE", "20261122")
                .with("DATA_TYPE", "1")
                .with("DATA_FLAG", "1")
                .with("WHOLE_FLAG", "")
                .with("SUM", "9.600");
        for (int i = 1; i <= 96; i++) {
            row.with("E" + i, "0.100");
        }
        row.ordinal = 40213;
        return row;
    }

    static Row reading() {
        return new Row("metering", "reading")
                .with("ASSET_NO", "4101234567890")
                .with("MP_NO", "MP0000123456")
                .with("DATA_TIME", "2026-11-22 00:00:00")
                .with("REASON", "2")
                .with("SOURCE", "1")
                .with("P_TOTAL", "5440.35")
                .with("P_PEAK", "3523.10")
                .with("P_VALLEY", "")
                .with("T_FACTOR", "40.00");
    }

    static Row meter() {
        return new Row("metering", "meter")
                .with("ASSET_NO", "4101234567890")
                .with("COMM_ADDR", "000012345678")
                .with("MP_NO", "MP0000123456")
                .with("MP_ADDR", "平安大道28号院")
                .with("TG_ID", "")
                .with("TG_NAME", "")
                .with("LINE_ID", "L07")
                .with("CONN_CODE", "1")
                .with("INST_TIME", "2019-05-06 10:30:00")
                .with("CT", "1.00")
                .with("PT", "1")
                .with("FACTOR", "1.0")
                .with("DIGITS", "6")
                .with("STATUS_CODE", "2")
                .with("MANUFACTURER", "𠮷林电表厂");
    }

    static Row customer() {
        return new Row("crm", "customer")
                .with("customerNo", "C00084512")
                .with("name", "李婷")
                .with("customerType", "1")
                .with("idType", "01")
                .with("idNo", "11010519491231002x")
                .with("mobile", "13800010001")
                .with("phone", "0373-8881234")
                .with("email", "Li.Ting@Example.com")
                .with("address", "河南省新乡市延津县城关镇平安大道２８号院3号楼2单元501")
                .with("segmentCode", "03")
                .with("status", "A")
                .with("changeTime", "2026-11-22T23:22:33")
                .with("createDate", "2018-06-01")
                .with("consNo", "3100012345")
                .child("consents", "purpose", "1", "granted", "Y", "time", "2025-03-02T10:15:00");
    }

    static Row workOrder() {
        return new Row("crm", "servicerequest")
                .with("orderNo", "W2026110001")
                .with("customerNo", "C00084512")
                .with("consNo", "3100012345")
                .with("mpNo", "")
                .with("type", "03")
                .with("channel", "1")
                .with("subject", "停电报修")
                .with("text", "楼道里没有电，请尽快派人。")
                .with("openTime", "2026-11-01T08:00:00")
                .with("dueTime", "2026-11-01T12:00:00")
                .with("closeTime", "")
                .with("status", "2")
                .with("priority", "")
                .with("satisfaction", "")
                .with("changeTime", "2026-11-01T08:05:00");
    }
}
