package isthmus.demo.data;

import isthmus.demo.truth.Row;
import java.time.LocalDateTime;
import java.util.List;

/** Plants one fault in one account's rows. */
final class BillingFaults {
    static final List<String> INJECTIONS = List.of(
            "'; DROP TABLE C_CONS;--", "${bean:x}", "#{T(java.lang.Runtime)}", "{{env:PATH}}", "${jndi:ldap://x}");
    private static final List<String> NO_AMOUNTS = List.of("1,234.50", "abc", "1e5", "NaN", "1e999999999");

    private final Bills bills;

    BillingFaults(Bills bills) {
        this.bills = bills;
    }

    /** @param nth how many of this kind were planted before */
    void plant(Fault fault, int nth, Family family) {
        Row cons = family.cons;
        Row bill = family.lastBill();
        switch (fault) {
            case B_ZERO_DATE -> cons.set("CANCEL_DATE", "0000-00-00").set("STATUS_CODE", "0");
            case B_OPEN_END -> cons.set("CANCEL_DATE", "9999-12-31").set("STATUS_CODE", "0");
            case B_FULLWIDTH -> {
                cons.set("ELEC_ADDR", wide(cons.need("ELEC_ADDR"), true));
                family.points.forEach(point -> point.set("MP_ADDR", wide(point.need("MP_ADDR"), true)));
            }
            case B_BLANKS -> {
                String name = cons.need("CONS_NAME");
                cons.set("CONS_NAME", name.substring(0, 1) + "　" + (nth % 2 == 0 ? "" : " ") + name.substring(1));
            }
            case B_PLACEHOLDER_NAME -> cons.set("CONS_NAME", "无");
            case B_TEST_NAME -> cons.set("CONS_NAME", "测试用户");
            case B_CODE_UNKNOWN -> cons.set("ELEC_TYPE_CODE", "999");
            case B_NO_ORG -> cons.set("ORG_NO", nth % 2 == 0 ? "" : "   ");
            case B_DATE_RANGE -> cons.set("BUILD_DATE", "0201-05-03");
            case B_BAD_CTL -> cons.set("CTL_MODE", "77");
            case B_INJECTION -> {
                String text = INJECTIONS.get(nth % INJECTIONS.size());
                cons.set("CONS_NAME", text).set("ELEC_ADDR", cons.need("ELEC_ADDR") + text);
                family.points.forEach(point -> point.set("MP_ADDR", text));
            }
            case B_PERIOD -> bill.set("END_DATE", nth % 2 == 0 ? bill.get("BGN_DATE") : "20260901");
            case B_DATE -> bill.set("BGN_DATE", "20260230");
            case B_NO_LINES -> bill.children().clear();
            case B_SUM -> bill.set("RCVBL_AMT", Bills.plus(bill.need("RCVBL_AMT"), "1.00"));
            case B_AMOUNT_TEXT -> bill.set("RCVBL_AMT", NO_AMOUNTS.get(nth % NO_AMOUNTS.size()));
            case B_AMOUNT_WIDE -> bill.set("RCVBL_AMT", wide(bill.need("RCVBL_AMT"), nth % 2 == 0));
            case B_AMOUNT_HUGE -> bill.set("RCVBL_AMT", "123456789012345678901234567890");
            case B_MON_SCALE -> bill.set("RCVBL_AMT", bill.need("RCVBL_AMT") + "5");
            default -> payment(fault, nth, family);
        }
    }

    private void payment(Fault fault, int nth, Family family) {
        Row first = family.payments.get(0);
        switch (fault) {
            case B_REFUND ->
                family.payments.add(bills.payment(family.account, family.bills.get(0), 2)
                        .set("PAY_AMT", "-" + first.need("PAY_AMT"))
                        .set("STATUS_CODE", "2")
                        .set("REV_PAY_ID", first.get("PAY_ID")));
            case B_PAY_TIME -> first.set("PAY_TIME", "2026-11-02 24:00:00");
            case B_PAY_ORPHAN ->
                family.payments.add(bills.payment(family.account, family.bills.get(0), 3)
                        .set("CONS_NO", "39" + family.account.number().substring(2))
                        .set("RCVBL_YM", null)
                        .set("SEQ_NO", null));
            case B_PAY_EARLY -> {
                family.early = false;
                LocalDateTime changed = Calendar.SECOND_TIDE.plusSeconds(nth);
                family.lateCons.add(family.cons.set("LAST_UPDATED", Calendar.text(changed)));
                family.points.forEach(
                        point -> family.latePoints.add(point.set("LAST_UPDATED", Calendar.text(changed))));
            }
            case B_LATE_COMMIT -> late(nth, family);
            case B_UPDATED -> update(nth, family);
            default -> throw new IllegalStateException(fault + " is not a fault of an account");
        }
    }

    private void late(int nth, Family family) {
        String changed = Calendar.text(Calendar.FIRST_TIDE.minusSeconds(10 + nth % 5 * 57L));
        Row bill = family.lastBill();
        family.bills.remove(bill);
        BillDisputes.pay(bill);
        family.lateBills.add(bill.set("LAST_UPDATED", changed));
        family.payments.removeIf(payment -> payment.need("RCVBL_YM").equals(bill.get("RCVBL_YM")));
        family.latePayments.add(bills.payment(family.account, bill, 1).set("LAST_UPDATED", changed));
    }

    private static void update(int nth, Family family) {
        String changed = Calendar.text(Calendar.SECOND_TIDE.plusSeconds(30 + nth));
        family.lateCons.add(
                family.cons.copy().set("OWN_AMT", "17.35").set("PAY_CODE", "02").set("LAST_UPDATED", changed));
        for (Row point : family.points) {
            family.latePoints.add(
                    point.copy().set("MP_ADDR", point.need("MP_ADDR") + "（新）").set("LAST_UPDATED", changed));
        }
        Row bill = family.lastBill();
        family.lateBills.add(bill.copy()
                .set("RCVED_AMT", "1.00")
                .set("OWE_AMT", Bills.plus(bill.need("RCVBL_AMT"), "-1.00"))
                .set("SETTLE_FLAG", "02")
                .set("LAST_UPDATED", changed));
        family.latePayments.add(family.payments
                .get(0)
                .copy()
                .set("STATUS_CODE", "1")
                .set("CHANNEL", "06")
                .set("LAST_UPDATED", changed));
    }

    static String wide(String text, boolean alsoPoint) {
        StringBuilder out = new StringBuilder(text);
        for (int i = 0; i < out.length(); i++) {
            char c = out.charAt(i);
            if (c >= '0' && c <= '9' || alsoPoint && c == '.') {
                out.setCharAt(i, (char) (c + 0xFEE0));
            }
        }
        return out.toString();
    }
}
