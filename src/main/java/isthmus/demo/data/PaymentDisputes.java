package isthmus.demo.data;

import static isthmus.demo.data.Quarter.OCTOBER;

import isthmus.demo.data.Quarter.Resident;
import isthmus.demo.truth.Row;
import java.io.IOException;
import java.util.List;

/** Writes the quarter's payments and accounts so that they contradict what they should contradict, and says so. */
final class PaymentDisputes {
    private static final int EXTRA = 4;

    private final Bills bills;
    private final Contradictions found;

    PaymentDisputes(Bills bills, Contradictions found) {
        this.bills = bills;
        this.found = found;
    }

    void plant(Resident resident, Family family) throws IOException {
        List<Row> payments = family.payments;
        String account = resident.account().number();
        switch (resident.dispute()) {
            case AR_MISSING -> {
                payments.remove(1);
                found.add("X-AR", account, "payment-missing");
            }
            case AR_UNPOSTED -> {
                Row bill = family.lastBill();
                String total = bill.need("RCVBL_AMT");
                bill.set("RCVED_AMT", "0.00").set("OWE_AMT", total).set("SETTLE_FLAG", "01");
                found.add("X-AR", account, "payment-not-posted");
            }
            case ORPHAN_ACCOUNT -> {
                Row payment = onAccount(resident, EXTRA).set("CONS_NO", stranger(account));
                payments.add(payment);
                found.add("PAY-ORPHAN", payment.need("PAY_ID"), "no-account");
            }
            case ORPHAN_BILL -> {
                Row payment = bills.payment(resident.account(), family.lastBill(), EXTRA)
                        .set("RCVBL_YM", "202608");
                payments.add(payment);
                found.add("PAY-ORPHAN", payment.need("PAY_ID"), "no-bill");
            }
            case PAID_TWICE -> {
                payments.add(bills.payment(resident.account(), family.lastBill(), EXTRA));
                found.add(
                        "PAY-OVER",
                        account + "/" + OCTOBER.toString().substring(0, 7).replace("-", "") + "/1",
                        "overpaid");
                found.add("X-AR", account, "payment-not-posted");
            }
            case REVERSAL_LOST, REVERSAL_OTHER -> {
                Row payment = onAccount(resident, EXTRA).set("STATUS_CODE", "2");
                if (resident.is(Dispute.REVERSAL_LOST)) {
                    payment.set(
                                    "REV_PAY_ID",
                                    "7" + payments.get(0).need("PAY_ID").substring(1))
                            .set("PAY_AMT", "-50.00");
                } else {
                    payment.set("REV_PAY_ID", payments.get(0).need("PAY_ID"))
                            .set("PAY_AMT", "-" + Bills.plus(payments.get(0).need("PAY_AMT"), "-1.00"));
                }
                payments.add(payment);
                found.add("PAY-REV", payment.need("PAY_ID"), resident.dispute().cause());
            }
            case CLOSED_CONNECTED, CLOSED_REQUEST -> {
                close(family, "2026-11-12");
                found.add(
                        "X-STATUS",
                        account + "/" + resident.dispute().cause(),
                        resident.dispute().cause());
            }
            case CUT_OFF_USES ->
                found.add(
                        "X-STATUS",
                        account + "/" + resident.dispute().cause(),
                        resident.dispute().cause());
            case CLOSED_BEFORE -> {
                close(family, "2024-05-31");
                family.cons.set("BUILD_DATE", "2010-05-01");
                family.points.forEach(point -> point.set("STATUS_CODE", "04"));
            }
            case BARE -> found.add("X-SP-NOMETER", resident.point().number(), "no-meter");
            default -> {}
        }
    }

    /** Of fifty, for no bill. */
    Row onAccount(Resident resident, int m) {
        return bills.payment(resident.account(), new Row().set("RCVBL_AMT", "50.00"), m);
    }

    private static void close(Family family, String day) {
        family.cons.set("STATUS_CODE", "9").set("CANCEL_DATE", day);
    }

    /** An account number that billing never gave. */
    static String stranger(String account) {
        return "30" + account.substring(2);
    }
}
