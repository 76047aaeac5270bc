package isthmus.reconcile;

import isthmus.crosscheck.CheckResult;
import isthmus.identity.LinkReport;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Says in short sentences why a night is not green: what makes it red first. */
final class Reasons {

    private Reasons() {}

    static List<String> of(NightReport report) {
        List<String> reasons = new ArrayList<>();
        report.away().forEach(away -> reasons.add(away.system() + " was " + away.why()));
        report.lines().stream()
                .filter(line -> !line.agrees())
                .forEach(line -> reasons.add(line.system() + "." + line.entity() + ": " + differences(line)));
        LinkReport links = report.links();
        if (links != null && links.fault() != null) {
            reasons.add("the links were not brought up to date: " + links.fault());
        }
        report.checks().stream().filter(CheckResult::isRed).forEach(check -> reasons.add(reason(check)));
        report.checks().stream().filter(CheckResult::isAmber).forEach(check -> reasons.add(reason(check)));
        return List.copyOf(reasons);
    }

    private static String differences(NightReport.Line line) {
        return joined(
                some(line.missing().total(), "missing"),
                some(line.extra().total(), "extra"),
                some(line.different().total(), "different"));
    }

    private static String reason(CheckResult check) {
        if (check.fault() != null) {
            return check.code() + " was not looked at: " + check.fault();
        }
        String counts = joined(
                check.open() == 0 ? "" : Figures.count(check.open(), "open break"),
                check.limit() == 0 ? "" : Figures.whole(check.limit()) + " allowed",
                some(check.acknowledged(), "acknowledged"));
        String stake = joined(some(check.money(), "money"), some(check.kwh(), "kWh"));
        return check.code() + ": " + counts + (stake.isEmpty() ? "" : "; at stake: " + stake);
    }

    private static String some(BigDecimal amount, String of) {
        return amount.signum() == 0 ? "" : of + " " + Figures.amount(amount);
    }

    private static String some(long number, String what) {
        return number == 0 ? "" : Figures.whole(number) + " " + what;
    }

    private static String joined(String... parts) {
        return Stream.of(parts)
                .filter(part -> !part.isEmpty())
                .reduce("", (all, part) -> all.isEmpty() ? part : all + ", " + part);
    }
}
