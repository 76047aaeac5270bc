package isthmus.demo.data;

import isthmus.demo.data.Quarter.Resident;
import isthmus.demo.truth.Row;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * What the second tide does behind the hub's back: rows that come, change and go with a change time long past. Only a
 * night can find them.
 */
final class Silence {
    private static final String LONG_AGO = "2026-10-20 10:00:00";
    private static final int COMES = 4;
    private static final int GOES = 5;
    private static final BigDecimal FEE = new BigDecimal("5.00");

    private final PaymentDisputes payments;
    private final Tide.Rows tide;
    private final Contradictions found;

    Silence(PaymentDisputes payments, Tide.Rows tide, Contradictions found) {
        this.payments = payments;
        this.tide = tide;
        this.found = found;
    }

    /** Three accounts in five have it in their payments, the others in their bills. */
    void plant(Resident resident, Family family) throws IOException {
        family.rows().forEach(row -> row.set("LAST_UPDATED", LONG_AGO));
        if (resident.nth() % 5 < 3) {
            Row comes = payments.onAccount(resident, COMES).set("LAST_UPDATED", LONG_AGO);
            tide.put(Table.A_RCVED_FLOW, comes);
            found.drift("missing", "billing", "payment", comes.need("PAY_ID"));
            Row goes = payments.onAccount(resident, GOES).set("LAST_UPDATED", LONG_AGO);
            family.payments.add(goes);
            tide.delete(Table.A_RCVED_FLOW, goes, "PAY_ID");
            found.drift("extra", "billing", "payment", goes.need("PAY_ID"));
        } else {
            Row comes = fee(family.lastBill(), "2");
            tide.put(Table.A_RCVBL_FLOW, comes);
            for (Row line : comes.children()) {
                tide.put(Table.A_RCVBL_DET, line);
            }
            found.drift("missing", "billing", "bill", key(comes));
            Row goes = fee(family.lastBill(), "3");
            family.bills.add(goes);
            tide.delete(Table.A_RCVBL_DET, goes, "CONS_NO", "RCVBL_YM", "SEQ_NO");
            tide.delete(Table.A_RCVBL_FLOW, goes, "CONS_NO", "RCVBL_YM", "SEQ_NO");
            found.drift("extra", "billing", "bill", key(goes));
        }
        change(resident, family);
    }

    private void change(Resident resident, Family family) throws IOException {
        switch (resident.nth() % 3) {
            case 0 -> {
                Row point = family.points.get(0).copy();
                tide.put(Table.C_MP, point.set("TG_NAME", "10kV新区线1号台区"));
                found.drift("different", "billing", "servicepoint", point.need("MP_NO"));
            }
            case 1 -> {
                Row payment = family.payments.get(0).copy();
                tide.put(
                        Table.A_RCVED_FLOW,
                        payment.set("CHANNEL", payment.need("CHANNEL").equals("07") ? "06" : "07"));
                found.drift("different", "billing", "payment", payment.need("PAY_ID"));
            }
            default -> {
                Row bill = family.bills.get(0).copy();
                tide.put(Table.A_RCVBL_FLOW, bill.set("DUE_DATE", "2026-12-31"));
                found.drift("different", "billing", "bill", key(bill));
            }
        }
    }

    /** A correction of the month by a fee, not yet paid. */
    private static Row fee(Row bill, String seq) {
        Row fee = bill.copy();
        fee.children().clear();
        fee.set("SEQ_NO", seq)
                .set("BILL_KIND", "3")
                .set("T_PQ", "0.00")
                .set("PEAK_PQ", null)
                .set("VALLEY_PQ", null)
                .set("PRE_READ", null)
                .set("CUR_READ", null)
                .add(new Row()
                        .set("CONS_NO", bill.get("CONS_NO"))
                        .set("RCVBL_YM", bill.get("RCVBL_YM"))
                        .set("SEQ_NO", seq)
                        .set("LINE_NO", "1")
                        .set("KIND_CODE", "08")
                        .set("AMT", FEE.toPlainString()));
        Bills.settle(fee, FEE, new BigDecimal("0.00"));
        return fee;
    }

    private static String key(Row bill) {
        return bill.need("CONS_NO") + "/" + bill.need("RCVBL_YM") + "/" + bill.need("SEQ_NO");
    }
}
