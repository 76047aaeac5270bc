package isthmus.demo.data;

import isthmus.demo.data.Curves.Registers;
import isthmus.demo.data.Tariffs.Tariff;
import isthmus.demo.data.Town.Account;
import isthmus.demo.data.Town.Kind;
import isthmus.demo.data.Town.Point;
import isthmus.demo.truth.Row;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Two months of bills an account, made from its registers, with lines that add up, and the payments to them. */
final class Bills {
    private static final List<YearMonth> MONTHS = List.of(YearMonth.of(2026, 9), YearMonth.of(2026, 10));
    private static final BigDecimal TAX = new BigDecimal("1.13");
    private static final BigDecimal STEP = new BigDecimal("260.00");
    private static final BigDecimal STEP_PRICE = new BigDecimal("0.05");
    private static final BigDecimal LEVY_PRICE = new BigDecimal("0.02445");

    private final long seed;
    private final Curves curves;
    private final boolean allAtOnce;

    /** @param allAtOnce whether the first 3,000 bills carry one change time (fault B-EQUAL-TIME) */
    Bills(long seed, Curves curves, boolean allAtOnce) {
        this.seed = seed;
        this.curves = curves;
        this.allAtOnce = allAtOnce;
    }

    boolean isAtOnce(Account account) {
        return allAtOnce && account.index() < 1_500;
    }

    List<Row> bills(Account account, Tariff tariff) {
        List<Row> bills = new ArrayList<>();
        for (int m = 0; m < MONTHS.size(); m++) {
            bills.add(bill(account, tariff, m));
        }
        return bills;
    }

    private Row bill(Account account, Tariff tariff, int m) {
        YearMonth month = MONTHS.get(m);
        Point point = account.points().get(0);
        Dice dice = Dice.of(seed, "bill", account.index(), m);
        LocalDate end = month.plusMonths(1).atDay(1);
        Row bill = new Row()
                .set("CONS_NO", account.number())
                .set("RCVBL_YM", month.format(DateTimeFormatter.ofPattern("yyyyMM", Locale.ROOT)))
                .set("SEQ_NO", "1")
                .set("MP_NO", point.number())
                .set("PRC_CODE", tariff.code())
                .set("PRC_BGN", Tariffs.NOW)
                .set("BILL_KIND", "1");
        BigDecimal total = measure(bill, account, tariff, month.atDay(1), end);
        boolean paid = m == 0 || account.index() == 0 || dice.percent(75);
        settle(bill, total, paid ? total : new BigDecimal("0.00"));
        LocalDateTime released = end.plusDays(1).atTime(9, dice.below(60), dice.below(60));
        LocalDateTime changed = released.plusMinutes(dice.between(1, 60 * 24 * 18));
        boolean first = isAtOnce(account) || account.index() == 0 && m == 1;
        return bill.set("RELEASE_TIME", Calendar.text(released))
                .set("DUE_DATE", end.plusDays(19).toString())
                .set("LAST_UPDATED", Calendar.text(first ? Calendar.FIRST_TIDE : changed));
    }

    /** Charges what was used between the beginnings of two days; the total. */
    BigDecimal measure(Row bill, Account account, Tariff tariff, LocalDate from, LocalDate to) {
        Point point = account.points().get(0);
        Registers before = curves.at(point, from);
        Registers after = curves.at(point, to);
        BigDecimal factor = BigDecimal.valueOf(point.factor());
        bill.set("BGN_DATE", from.format(Calendar.DAY))
                .set("END_DATE", to.format(Calendar.DAY))
                .set("PRE_READ", Reads.shown(before.totalShown()))
                .set("CUR_READ", Reads.shown(after.totalShown()))
                .set("T_FACTOR", factor.toPlainString());
        return charge(
                bill,
                account.kind(),
                tariff,
                shown(after.peakShown() - before.peakShown()).multiply(factor),
                shown(after.valleyShown() - before.valleyShown()).multiply(factor));
    }

    /** Sets quantities and lines, in place of those that are there; the total. */
    static BigDecimal charge(Row bill, Kind kind, Tariff tariff, BigDecimal peak, BigDecimal valley) {
        BigDecimal all = peak.add(valley);
        bill.children().clear();
        bill.set("T_PQ", all.toPlainString())
                .set("PEAK_PQ", tariff.isTou() ? peak.toPlainString() : null)
                .set("VALLEY_PQ", tariff.isTou() ? valley.toPlainString() : null);
        BigDecimal total = BigDecimal.ZERO;
        if (tariff.isTou()) {
            total = total.add(line(bill, "01", "2", null, peak, BigDecimal.valueOf(tariff.peak(), 5)));
            total = total.add(line(bill, "01", "4", null, valley, BigDecimal.valueOf(tariff.valley(), 5)));
        } else {
            total = total.add(line(bill, "01", null, null, all, BigDecimal.valueOf(tariff.peak(), 5)));
        }
        if (kind == Kind.HOME && all.compareTo(STEP) > 0) {
            total = total.add(line(bill, "02", null, "2", all.subtract(STEP), STEP_PRICE));
        }
        if (!kind.isPerson()) {
            total = total.add(line(bill, "06", null, null, all, LEVY_PRICE));
        }
        return total;
    }

    private static BigDecimal shown(long hundredths) {
        return BigDecimal.valueOf(hundredths, 2);
    }

    private static BigDecimal line(
            Row bill, String kind, @Nullable String tou, @Nullable String tier, BigDecimal quantity, BigDecimal price) {
        BigDecimal amount = quantity.multiply(price).setScale(2, RoundingMode.HALF_UP);
        bill.add(new Row()
                .set("CONS_NO", bill.get("CONS_NO"))
                .set("RCVBL_YM", bill.get("RCVBL_YM"))
                .set("SEQ_NO", bill.get("SEQ_NO"))
                .set("LINE_NO", String.valueOf(bill.children().size() + 1))
                .set("KIND_CODE", kind)
                .set("TOU_CODE", tou)
                .set("TIER_NO", tier)
                .set("QTY", quantity.toPlainString())
                .set("UNIT_PRICE", price.toPlainString())
                .set("AMT", amount.toPlainString()));
        return amount;
    }

    static void settle(Row bill, BigDecimal total, BigDecimal paid) {
        BigDecimal net = total.divide(TAX, 2, RoundingMode.HALF_UP);
        bill.set("NET_AMT", net.toPlainString())
                .set("TAX_AMT", total.subtract(net).toPlainString())
                .set("RCVBL_PENALTY", null)
                .set("RCVBL_AMT", total.toPlainString())
                .set("RCVED_AMT", paid.toPlainString())
                .set("OWE_AMT", total.subtract(paid).toPlainString())
                .set("SETTLE_FLAG", paid.signum() > 0 ? "03" : "01");
    }

    List<Row> payments(Account account, List<Row> bills) {
        List<Row> payments = new ArrayList<>();
        for (int m = 0; m < bills.size(); m++) {
            if (bills.get(m).need("SETTLE_FLAG").equals("03")) {
                payments.add(payment(account, bills.get(m), m));
            }
        }
        return payments;
    }

    static String plus(String amount, String more) {
        return new BigDecimal(amount).add(new BigDecimal(more)).toPlainString();
    }

    Row payment(Account account, Row bill, int m) {
        Dice dice = Dice.of(seed, "payment", account.index(), m);
        LocalDateTime paidAt = MONTHS.get(Math.min(m, 1))
                .plusMonths(1)
                .atDay(dice.between(4, 19))
                .atTime(dice.between(7, 21), dice.below(60), dice.below(60));
        LocalDateTime changed = account.index() == 0 ? Calendar.FIRST_TIDE : paidAt.plusSeconds(dice.between(2, 300));
        return new Row()
                .set("PAY_ID", String.valueOf(8_000_000_000L + account.index() * 10L + m))
                .set("CONS_NO", account.number())
                .set("RCVBL_YM", bill.get("RCVBL_YM"))
                .set("SEQ_NO", bill.get("SEQ_NO"))
                .set("PAY_AMT", bill.get("RCVBL_AMT"))
                .set("CHANNEL", dice.pick("01", "02", "03", "03", "04", "04", "05", "07"))
                .set("TENDER", dice.pick("01", "02", "04", "04", "04"))
                .set("PAY_TIME", Calendar.text(paidAt))
                .set("VALUE_DATE", paidAt.toLocalDate().format(Calendar.DAY))
                .set("BANK_SERIAL", dice.percent(80) ? "BK" + dice.digits(16) : null)
                .set("STATUS_CODE", dice.percent(70) ? "1" : "0")
                .set("LAST_UPDATED", Calendar.text(changed));
    }
}
