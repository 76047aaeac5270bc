package isthmus.demo.data;

import isthmus.demo.truth.Row;
import java.io.IOException;

/** What a fault of an account's rows makes the systems contradict each other in, beside what it is planted for. */
final class Induced {
    private final Contradictions found;

    Induced(Contradictions found) {
        this.found = found;
    }

    void by(Fault fault, Family family) throws IOException {
        String account = family.account.number();
        switch (fault) {
            case B_SUM, B_MON_SCALE -> found.add("X-AR", account, "own-figures");
            case B_REFUND, B_PAY_TIME -> found.add("X-AR", account, "payment-missing");
            case B_UPDATED ->
                found.add("X-AR", account, isPaid(family.lastBill()) ? "payment-not-posted" : "payment-missing");
            case B_PAY_ORPHAN ->
                found.add(
                        "PAY-ORPHAN",
                        family.payments.get(family.payments.size() - 1).need("PAY_ID"),
                        "no-account");
            default -> {}
        }
    }

    private static boolean isPaid(Row bill) {
        return bill.need("SETTLE_FLAG").equals("03");
    }
}
