package isthmus.demo.data;

import static isthmus.demo.data.Quarter.EXCHANGE;
import static isthmus.demo.data.Quarter.NOVEMBER;
import static isthmus.demo.data.Quarter.OCTOBER;
import static isthmus.demo.data.Quarter.SEPTEMBER;

import isthmus.demo.data.Quarter.Resident;
import isthmus.demo.data.Tariffs.Tariff;
import isthmus.demo.data.Town.Kind;
import isthmus.demo.truth.Row;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Writes the quarter's bills so that they contradict what they should contradict, and says so. */
final class BillDisputes {
    private static final BigDecimal NOTHING = new BigDecimal("0.00");
    private static final BigDecimal NEARLY_ONE = new BigDecimal("0.99");
    private static final BigDecimal NEARLY_HALF_A_PERCENT = new BigDecimal("0.0049");

    private final Bills bills;
    private final Dials dials;
    private final Contradictions found;

    BillDisputes(Bills bills, Dials dials, Contradictions found) {
        this.bills = bills;
        this.dials = dials;
        this.found = found;
    }

    /** @param due the bills of September and October, of which the dispute may change or take away some */
    void plant(Resident resident, Tariff tariff, List<Row> due) throws IOException {
        for (Row bill : due) {
            pay(bill);
        }
        Row october = due.get(1);
        switch (resident.dispute()) {
            case KWH_ROLLOVER, KWH_EXCHANGE, KWH_CHANNEL, KWH_SHIFT -> measured(resident, tariff, due);
            case KWH_ESTIMATE -> kwh(resident);
            case KWH_TYPO -> misread(resident, tariff, october, oneDigit(october));
            case KWH_UNKNOWN -> misread(resident, tariff, october, new BigDecimal("37.41"));
            case KWH_ADJUSTED -> {
                more(october, tariff, new BigDecimal("50.00"));
                kwh(resident);
            }
            case KWH_NEAR -> near(resident, tariff, due);
            case MULT_BILL, MULT_METER -> multiplied(resident, tariff, due);
            case TARIFF_OTHER, TARIFF_OLD -> priced(resident, october);
            case NO_BILL -> {
                due.remove(october);
                found.add("X-READ-NOBILL", resident.pointIn(OCTOBER), "no-bill");
            }
            case NO_BILL_NEAR -> {
                due.remove(october);
                found.addNear("X-READ-NOBILL", resident.pointIn(OCTOBER));
            }
            case NO_READS -> {
                found.add("X-BILL-NOREAD", resident.accountIn(SEPTEMBER), "no-reads");
                found.add("X-BILL-NOREAD", resident.accountIn(OCTOBER), "no-reads");
            }
            case NO_START -> found.add("X-BILL-NOREAD", resident.accountIn(SEPTEMBER), "no-start");
            case NO_END -> found.add("X-BILL-NOREAD", resident.accountIn(OCTOBER), "no-end");
            case ESTIMATES -> found.add("X-BILL-NOREAD", resident.accountIn(OCTOBER), "only-estimates");
            case AR_OWN -> {
                october.set("OWE_AMT", "5.00");
                found.add("X-AR", resident.account().number(), "own-figures");
            }
            case BILLED_TWICE -> {
                due.add(october.copy().set("SEQ_NO", "2"));
                due.get(2).children().forEach(line -> line.set("SEQ_NO", "2"));
                found.add("BIL-DUP", resident.accountIn(OCTOBER), "twice");
            }
            case GAP -> {
                bills.measure(october, resident.account(), tariff, OCTOBER.plusDays(3), NOVEMBER);
                pay(october);
                found.add("BIL-GAP", resident.accountIn(OCTOBER), "gap");
            }
            case OVERLAP -> {
                bills.measure(october, resident.account(), tariff, OCTOBER.minusDays(3), NOVEMBER);
                pay(october);
                found.add("BIL-OVERLAP", resident.accountIn(OCTOBER), "overlap");
            }
            case READS -> {
                october.set("PRE_READ", Bills.plus(october.need("PRE_READ"), "3.00"))
                        .set("CUR_READ", Bills.plus(october.need("CUR_READ"), "3.00"));
                found.add("BIL-READS", resident.pointIn(OCTOBER), "current");
            }
            case BARE, CLOSED_BEFORE -> due.clear();
            default -> {}
        }
    }

    private void measured(Resident resident, Tariff tariff, List<Row> due) throws IOException {
        Row september = due.get(0);
        Row october = due.get(1);
        switch (resident.dispute()) {
            case KWH_ROLLOVER -> {
                september
                        .set("PRE_READ", Reads.shown(dials.total(resident, SEPTEMBER)))
                        .set("CUR_READ", Reads.shown(dials.total(resident, OCTOBER)));
                october.set("PRE_READ", Reads.shown(dials.total(resident, OCTOBER)))
                        .set("CUR_READ", Reads.shown(dials.total(resident, NOVEMBER)));
                Bills.charge(october, Kind.HOME, tariff, NOTHING, NOTHING);
            }
            case KWH_EXCHANGE -> {
                bills.measure(october, resident.account(), tariff, EXCHANGE, NOVEMBER);
                october.set("BGN_DATE", OCTOBER.format(Calendar.DAY))
                        .set("PRE_READ", september.need("CUR_READ"))
                        .set("CUR_READ", Reads.shown(dials.total(resident, NOVEMBER)));
            }
            case KWH_CHANNEL -> {
                BigDecimal peak = BigDecimal.valueOf(
                        dials.at(resident, NOVEMBER).peakShown()
                                - dials.at(resident, OCTOBER).peakShown(),
                        2);
                Bills.charge(october, Kind.HOME, tariff, peak, NOTHING);
            }
            default -> {
                bills.measure(october, resident.account(), tariff, OCTOBER, NOVEMBER.minusDays(4));
                october.set("END_DATE", NOVEMBER.format(Calendar.DAY));
                found.add("BIL-READS", resident.pointIn(OCTOBER), "current");
            }
        }
        pay(october);
        kwh(resident);
    }

    private void kwh(Resident resident) throws IOException {
        found.add("X-KWH", resident.pointIn(OCTOBER), resident.dispute().cause());
    }

    private void misread(Resident resident, Tariff tariff, Row october, BigDecimal by) throws IOException {
        october.set("CUR_READ", Bills.plus(october.need("CUR_READ"), by.toPlainString()));
        more(october, tariff, by);
        found.add("BIL-READS", resident.pointIn(OCTOBER), "current");
        kwh(resident);
    }

    /** What makes another of one digit, none of which runs over. */
    private static BigDecimal oneDigit(Row bill) {
        BigDecimal read = new BigDecimal(bill.need("CUR_READ"));
        for (int place = 2; ; place--) {
            BigDecimal power = BigDecimal.TEN.pow(place);
            if (read.divideToIntegralValue(power).remainder(BigDecimal.TEN).intValueExact() < 9) {
                return power.setScale(2, RoundingMode.UNNECESSARY);
            }
        }
    }

    private void near(Resident resident, Tariff tariff, List<Row> due) throws IOException {
        BigDecimal used = new BigDecimal(due.get(1).need("T_PQ"));
        more(due.get(0), tariff, NEARLY_ONE);
        more(
                due.get(1),
                tariff,
                used.multiply(NEARLY_HALF_A_PERCENT)
                        .setScale(2, RoundingMode.DOWN)
                        .max(NEARLY_ONE)
                        .negate());
        found.addNear("X-KWH", resident.pointIn(SEPTEMBER));
        found.addNear("X-KWH", resident.pointIn(OCTOBER));
    }

    private void multiplied(Resident resident, Tariff tariff, List<Row> due) throws IOException {
        if (resident.is(Dispute.MULT_BILL)) {
            BigDecimal factor = BigDecimal.valueOf(resident.point().factor());
            for (Row bill : due) {
                BigDecimal all = new BigDecimal(bill.need("T_PQ")).divide(factor, 2, RoundingMode.UNNECESSARY);
                BigDecimal peak = tariff.isTou()
                        ? new BigDecimal(bill.need("PEAK_PQ")).divide(factor, 2, RoundingMode.UNNECESSARY)
                        : all;
                bill.set("T_FACTOR", "1");
                Bills.charge(bill, Kind.HOME, tariff, peak, all.subtract(peak));
                pay(bill);
            }
        }
        found.add("X-KWH", resident.pointIn(SEPTEMBER), "multiplier");
        found.add("X-KWH", resident.pointIn(OCTOBER), "multiplier");
        found.add("X-MULT", resident.point().number(), resident.dispute().cause());
    }

    private void priced(Resident resident, Row october) throws IOException {
        if (resident.is(Dispute.TARIFF_OTHER)) {
            Tariff other = Tariffs.of(Kind.FARM, Dice.of(0, "tariff"));
            october.set("PRC_CODE", other.code());
            Bills.charge(october, Kind.HOME, other, new BigDecimal(october.need("T_PQ")), NOTHING);
            pay(october);
        } else {
            october.set("PRC_BGN", Tariffs.BEFORE);
        }
        found.add("X-TARIFF", resident.accountIn(OCTOBER), resident.dispute().cause());
    }

    private static void more(Row bill, Tariff tariff, BigDecimal kwh) {
        BigDecimal all = new BigDecimal(bill.need("T_PQ")).add(kwh);
        BigDecimal valley = tariff.isTou() ? new BigDecimal(bill.need("VALLEY_PQ")) : NOTHING;
        Bills.charge(bill, Kind.HOME, tariff, all.subtract(valley), valley);
        pay(bill);
    }

    /** The sum of its lines is the bill's total, and it is paid. */
    static void pay(Row bill) {
        BigDecimal total = NOTHING;
        for (Row line : bill.children()) {
            total = total.add(new BigDecimal(line.need("AMT")));
        }
        Bills.settle(bill, total, total);
    }
}
