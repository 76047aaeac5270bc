package isthmus.demo.data;

import isthmus.demo.data.Town.Account;
import isthmus.demo.data.Town.Kind;
import isthmus.demo.data.Town.Point;
import isthmus.demo.truth.Row;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rows of accounts and their service points. */
final class Supplies {
    private final long seed;

    Supplies(long seed) {
        this.seed = seed;
    }

    Row account(Account account) {
        Dice dice = Dice.of(seed, "cons", account.index());
        boolean closed = isClosed(account.index(), dice);
        int capacity = capacity(account.kind(), dice);
        LocalDate built = LocalDate.of(dice.between(1998, 2024), dice.between(1, 12), dice.between(1, 28));
        return new Row()
                .set("CONS_NO", account.number())
                .set("CONS_NAME", account.name())
                .set("ELEC_ADDR", account.address())
                .set("CONS_SORT_CODE", sort(account.kind()))
                .set("ELEC_TYPE_CODE", category(account.kind()))
                .set("CONTRACT_CAP", String.valueOf(capacity))
                .set("RUN_CAP", String.valueOf(capacity))
                .set("STATUS_CODE", closed ? "9" : dice.percent(2) ? "2" : dice.percent(1) ? "1" : "0")
                .set("ORG_NO", String.format(Locale.ROOT, "414070%02d", 1 + account.index() % 10))
                .set("MR_SECT_NO", section(account))
                .set("BILLING_DAY", "1")
                .set("BUILD_DATE", built.toString())
                .set("CANCEL_DATE", closed ? "2026-11-12" : null)
                .set("PAY_CODE", dice.pick("01", "02", "03", "03", "03", "04", "05"))
                .set("CTL_MODE", dice.pick("03", "03", "03", "01", "02", "04"))
                .set("OWN_AMT", dice.percent(85) ? "0.00" : dice.between(1, 400) + "." + dice.digits(2))
                .set("POWEROFF_CODE", dice.percent(2) ? "1" : "0")
                .set("LAST_UPDATED", Calendar.text(changed(account.index(), dice)));
    }

    boolean isClosed(int account) {
        return isClosed(account, Dice.of(seed, "cons", account));
    }

    private static boolean isClosed(int account, Dice dice) {
        return account > 0 && dice.percent(3);
    }

    /** The first account holds the greatest change time, so that late rows have something to be late for. */
    static LocalDateTime changed(int account, Dice dice) {
        return account == 0
                ? Calendar.FIRST_TIDE
                : Calendar.FIRST_TIDE
                        .minusMinutes(dice.between(30, 60 * 24 * 140))
                        .minusSeconds(dice.below(60));
    }

    private static int capacity(Kind kind, Dice dice) {
        return switch (kind) {
            case HOME -> dice.pick(List.of(4, 8, 8, 12, 16));
            case SHOP, FARM -> dice.pick(List.of(15, 20, 30, 50));
            case OFFICE -> dice.pick(List.of(80, 100, 160));
            case FACTORY -> dice.pick(List.of(315, 400, 630, 1000));
        };
    }

    private static String sort(Kind kind) {
        return switch (kind) {
            case HOME -> "03";
            case FACTORY -> "01";
            default -> "02";
        };
    }

    private static String category(Kind kind) {
        return switch (kind) {
            case HOME -> "400";
            case FACTORY -> "100";
            case FARM -> "300";
            default -> "200";
        };
    }

    private static String section(Account account) {
        return String.format(Locale.ROOT, "CBD%05d", account.index() / 60 + 1);
    }

    List<Row> points(Account account) {
        List<Row> rows = new ArrayList<>();
        for (Point point : account.points()) {
            Dice dice = Dice.of(seed, "mp", point.index());
            Kind kind = account.kind();
            rows.add(new Row()
                    .set("MP_NO", point.number())
                    .set("CONS_NO", account.number())
                    .set("MP_ADDR", account.address())
                    .set("TYPE_CODE", "01")
                    // A second meter is there to check the first; nobody is billed by it.
                    .set("MP_ATTR_CODE", point == account.points().get(0) ? "01" : "02")
                    .set("USAGE_CODE", dice.percent(3) ? "03" : "01")
                    .set("STATUS_CODE", dice.percent(2) ? "03" : "02")
                    .set("VOLT_CODE", kind == Kind.HOME ? "01" : kind == Kind.FACTORY ? "03" : "02")
                    .set("WIRING_MODE", kind == Kind.HOME ? "1" : kind == Kind.FACTORY ? "2" : "3")
                    .set("MEAS_MODE", kind == Kind.FACTORY ? dice.pick("1", "2") : "3")
                    .set("TG_ID", kind == Kind.FACTORY ? null : transformerNo(point))
                    .set("TG_NAME", kind == Kind.FACTORY ? null : transformerName(point))
                    .set("LINE_ID", feeder(point))
                    .set("MR_SECT_NO", section(account))
                    .set("MR_SN", String.valueOf(account.index() % 60 + 1))
                    .set("PRC_CODE", tariff(account).code())
                    .set("PRC_BGN", Tariffs.NOW)
                    .set("FROM_DATE", dice.between(2008, 2024) + "-0" + dice.between(1, 9) + "-01")
                    .set("TO_DATE", null)
                    .set("LAST_UPDATED", Calendar.text(changed(account.index(), dice))));
        }
        return rows;
    }

    Tariffs.Tariff tariff(Account account) {
        return Tariffs.of(account.kind(), Dice.of(seed, "tariff", account.index()));
    }

    static String transformerNo(Point point) {
        return String.format(Locale.ROOT, "TG%06d", point.account() / 45 + 1);
    }

    static String transformerName(Point point) {
        return "10kV" + feederName(point) + (point.account() / 45 % 40 + 1) + "号台区";
    }

    static String feeder(Point point) {
        return String.format(Locale.ROOT, "L41%04d", point.account() / 400 + 1);
    }

    private static String feederName(Point point) {
        String[] names = {"平原线", "牧野线", "卫河线", "金穗线", "新中线", "化工线"};
        return names[point.account() / 400 % names.length];
    }
}
