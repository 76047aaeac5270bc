package isthmus.reconcile;

import isthmus.crosscheck.CheckResult;
import isthmus.identity.LinkReport;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The report as a plain table: the verdict with its reasons, counts, sums, then the names of what does not agree. */
final class NightTable {
    private static final int NAMED = 20;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx", Locale.ROOT);

    private final StringBuilder out = new StringBuilder();

    private NightTable() {}

    static String write(NightReport report) {
        NightTable table = new NightTable();
        table.head(report);
        table.counts(report.lines());
        table.sums(report.lines());
        table.breaks(report);
        table.links(report.links());
        table.checks(report.checks());
        return table.out.toString();
    }

    private void head(NightReport report) {
        out.append("Both shores as of ").append(time(report.asOf()));
        if (!report.settle().isZero()) {
            out.append(", changes since ")
                    .append(time(report.asOf().minus(report.settle())))
                    .append(" left out");
        }
        Duration took = Duration.between(report.started(), report.ended());
        out.append('\n')
                .append("Night ")
                .append(report.id())
                .append(": ")
                .append(report.verdict())
                .append(" after ")
                .append(took.toSeconds())
                .append(" s\n");
        report.reasons().forEach(reason -> out.append("  ").append(reason).append('\n'));
    }

    private void counts(List<NightReport.Line> lines) {
        Columns columns = new Columns("llrrrrrrr");
        columns.add(
                "system", "entity", "source", "unified", "quarantined", "left out", "missing", "extra", "different");
        for (NightReport.Line line : lines) {
            columns.add(
                    line.system(),
                    line.entity(),
                    Figures.whole(line.source()),
                    Figures.whole(line.unified()),
                    Figures.whole(line.quarantined()),
                    Figures.whole(line.inFlight() + line.outdated()),
                    Figures.whole(line.missing().total()),
                    Figures.whole(line.extra().total()),
                    Figures.whole(line.different().total()));
        }
        out.append('\n');
        columns.write(out);
    }

    private void sums(List<NightReport.Line> lines) {
        Columns columns = new Columns("lllrrr");
        columns.add("system", "entity", "sum of", "source", "unified", "difference");
        boolean any = false;
        for (NightReport.Line line : lines) {
            any |= sum(columns, line, "money", line.money());
            any |= sum(columns, line, "energy, kWh", line.energy());
        }
        if (any) {
            out.append('\n');
            columns.write(out);
        }
    }

    private static boolean sum(Columns columns, NightReport.Line line, String what, NightReport.Sum sum) {
        BigDecimal difference = sum.difference();
        if (difference == null) {
            return false;
        }
        columns.add(
                line.system(),
                line.entity(),
                what,
                Figures.amount(sum.source()),
                Figures.amount(sum.unified()),
                Figures.amount(difference));
        return true;
    }

    private void breaks(NightReport report) {
        for (NightReport.Line line : report.lines()) {
            breaks(line, "missing", line.missing());
            breaks(line, "extra", line.extra());
            breaks(line, "different", line.different());
        }
    }

    private void breaks(NightReport.Line line, String what, NightReport.Breaks breaks) {
        if (breaks.total() == 0) {
            return;
        }
        out.append('\n')
                .append(line.system())
                .append(' ')
                .append(line.entity())
                .append(", ")
                .append(what)
                .append(":\n");
        List<String> shown =
                breaks.names().subList(0, Math.min(NAMED, breaks.names().size()));
        shown.forEach(name -> out.append("  ").append(name).append('\n'));
        if (breaks.total() > shown.size()) {
            out.append("  and ")
                    .append(Figures.whole(breaks.total() - shown.size()))
                    .append(" more\n");
        }
    }

    private void links(@Nullable LinkReport links) {
        if (links == null || links.rules().isEmpty()) {
            return;
        }
        Columns columns = new Columns("lrrrrr");
        columns.add("rule", "linked", "review", "vetoed", "new", "ended");
        for (LinkReport.Count one : links.rules()) {
            columns.add(
                    one.rule(),
                    Figures.whole(one.linked()),
                    Figures.whole(one.review()),
                    Figures.whole(one.vetoed()),
                    Figures.whole(one.fresh()),
                    Figures.whole(one.ended()));
        }
        out.append("\nWhich records are one:\n");
        columns.write(out);
        huge(links.huge());
    }

    private void huge(List<LinkReport.Huge> huge) {
        if (huge.isEmpty()) {
            return;
        }
        Columns columns = new Columns("llrl");
        columns.add("customers", "in common", "records", "one of them");
        huge.forEach(one -> columns.add(one.kind(), one.block(), Figures.whole(one.records()), one.one()));
        out.append("\nBLK-HUGE, what too many have in common to be compared by it:\n");
        columns.write(out);
    }

    private void checks(List<CheckResult> checks) {
        if (checks.isEmpty()) {
            return;
        }
        Columns columns = new Columns("lllrrrrrrrrr");
        columns.add(
                "check",
                "severity",
                "owner",
                "looked at",
                "within",
                "breaks",
                "new",
                "still",
                "cured",
                "silenced",
                "kWh",
                "money");
        for (CheckResult check : checks) {
            columns.add(
                    check.code(),
                    check.severity(),
                    check.owner(),
                    Figures.whole(check.population()),
                    Figures.whole(check.within()),
                    Figures.whole(check.hits()),
                    Figures.whole(check.fresh()),
                    Figures.whole(check.persisting()),
                    Figures.whole(check.resolved()),
                    Figures.whole(check.suppressed()),
                    Figures.amount(check.kwh()),
                    Figures.amount(check.money()));
        }
        out.append("\nBetween the systems:\n");
        columns.write(out);
    }

    private static String time(OffsetDateTime time) {
        return TIME.format(time);
    }
}
