package isthmus.reconcile;

import isthmus.crosscheck.CheckResult;
import isthmus.crosscheck.CheckResult.Worst;
import isthmus.identity.LinkReport;
import isthmus.identity.picture.Markup;
import isthmus.reconcile.NightReport.Line;
import isthmus.reconcile.NightReport.Sum;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tables of the page; what is not as it should be stands out by weight and word, not by colour alone. */
final class PageTables {
    private static final int BREAKS = 25;
    private static final Comparator<Standing> BY_STAKE = Comparator.comparing(
                    (Standing one) -> orZero(one.what.money()))
            .thenComparing(one -> orZero(one.what.kwh()))
            .reversed()
            .thenComparing(one -> one.check.code())
            .thenComparing(one -> one.what.subject());

    private final Markup page;
    private final NightReport report;

    /** A break and its check. */
    private record Standing(CheckResult check, Worst what) {}

    PageTables(Markup page, NightReport report) {
        this.page = page;
        this.report = report;
    }

    void write() {
        shores();
        sums();
        links(report.links());
        if (!report.checks().isEmpty()) {
            checks();
            breaks();
        }
        new PageKeys(page).write(report.lines());
    }

    private void shores() {
        begin(
                "The two shores",
                "Records by system and entity. Source = unified + quarantined + missing − extra.",
                "system",
                "entity",
                "#source",
                "#unified",
                "#quarantined",
                "#left out",
                "#missing",
                "#extra",
                "#different");
        for (Line line : report.lines()) {
            page.open("tr");
            words(line.system(), line.entity());
            numbers(line.source(), line.unified(), line.quarantined(), line.inFlight() + line.outdated());
            faults(
                    line.missing().total(),
                    line.extra().total(),
                    line.different().total());
            page.close();
        }
        report.away().forEach(away -> {
            page.open("tr");
            words(away.system());
            page.leaf("td", away.why(), "colspan", "8", "class", "fault").close();
        });
        end();
    }

    private void sums() {
        List<Line> summed = report.lines().stream()
                .filter(line ->
                        line.money().difference() != null || line.energy().difference() != null)
                .toList();
        if (summed.isEmpty()) {
            return;
        }
        begin(
                "What the records add up to",
                "Exact sums, without what is quarantined or left out. Difference = source − unified.",
                "system",
                "entity",
                "sum of",
                "#source",
                "#unified",
                "#difference");
        for (Line line : summed) {
            sum(line, "money", line.money());
            sum(line, "energy, kWh", line.energy());
        }
        end();
    }

    private void sum(Line line, String what, Sum sum) {
        BigDecimal difference = sum.difference();
        if (difference != null) {
            page.open("tr");
            words(line.system(), line.entity(), what);
            amounts(sum.source(), sum.unified());
            cell(Figures.amount(difference), difference.signum() == 0 ? "number" : "number fault");
            page.close();
        }
    }

    private void links(@Nullable LinkReport links) {
        if (links == null || links.rules().isEmpty()) {
            return;
        }
        begin(
                "Which records are one",
                "Pairs by the rule that decided. New and ended: links since the night before.",
                "rule",
                "#linked",
                "#review",
                "#vetoed",
                "#new",
                "#ended");
        for (LinkReport.Count one : links.rules()) {
            page.open("tr");
            words(one.rule());
            numbers(one.linked(), one.review(), one.vetoed(), one.fresh(), one.ended());
            page.close();
        }
        end();
        huge(links.huge());
    }

    private void huge(List<LinkReport.Huge> huge) {
        if (huge.isEmpty()) {
            return;
        }
        begin(
                "BLK-HUGE",
                "What too many customers have in common to be compared by it, with one who has it.",
                "customers",
                "in common",
                "one of them",
                "#records");
        for (LinkReport.Huge one : huge) {
            page.open("tr");
            words(one.kind(), one.block(), one.one());
            numbers(one.records());
            page.close();
        }
        end();
    }

    private void checks() {
        begin(
                "Between the systems",
                "Looked at: subjects compared. Within: they differ by less than the tolerance.",
                "check",
                "owner",
                "#looked at",
                "#within",
                "#open",
                "#acknow\u00ADledged",
                "#sup\u00ADpressed",
                "#new",
                "#cured",
                "#kWh",
                "#money");
        for (CheckResult check : report.checks()) {
            page.open("tr").open("td");
            page.leaf("strong", check.code()).text(" ");
            page.leaf("span", check.severity(), "class", "soft")
                    .leaf("small", check.title())
                    .close();
            words(check.owner());
            if (check.fault() == null) {
                numbers(check.population(), check.within());
                if (check.isInfo()) {
                    numbers(check.open());
                } else {
                    faults(check.open());
                }
                numbers(check.acknowledged(), check.suppressed(), check.fresh(), check.resolved());
                amounts(check.kwh(), check.money());
            } else {
                page.leaf("td", "not looked at: " + check.fault(), "colspan", "9", "class", "fault");
            }
            page.close();
        }
        end();
    }

    private void breaks() {
        List<Standing> standing = report.checks().stream()
                .filter(check -> !check.isInfo())
                .flatMap(check -> check.worst().stream().map(one -> new Standing(check, one)))
                .sorted(BY_STAKE)
                .limit(BREAKS)
                .toList();
        if (standing.isEmpty()) {
            return;
        }
        long all = report.checks().stream()
                .filter(check -> !check.isInfo())
                .mapToLong(CheckResult::hits)
                .sum();
        begin(
                "The breaks with most at stake",
                "%s of %s. isthmus reconcile explain CHECK/subject shows the arithmetic of each."
                        .formatted(Figures.whole(standing.size()), Figures.count(all, "break")),
                "check",
                "subject",
                "cause",
                "#kWh",
                "#money",
                "#age, days",
                "owner",
                "state");
        for (Standing one : standing) {
            page.open("tr");
            words(one.check.code());
            cell(one.what.subject(), "key");
            words(one.what.cause());
            amounts(one.what.kwh(), one.what.money());
            cell(age(one.what), "number");
            words(one.check.owner(), one.what.state().word());
            page.close();
        }
        end();
    }

    private String age(Worst one) {
        LocalDate opened = one.opened() == null ? null : one.opened().toLocalDate();
        return opened == null
                ? "–"
                : Figures.whole(ChronoUnit.DAYS.between(opened, report.asOf().toLocalDate()));
    }

    /** @param columns a name that begins with # is that of a column of numbers */
    private void begin(String title, String note, String... columns) {
        page.open("section").leaf("h2", title).leaf("p", note, "class", "note");
        page.open("table").open("thead").open("tr");
        for (String column : columns) {
            boolean isNumber = column.startsWith("#");
            page.leaf(
                    "th",
                    isNumber ? column.substring(1) : column,
                    "scope",
                    "col",
                    "class",
                    isNumber ? "number" : "word");
        }
        page.close().close().open("tbody");
    }

    private void end() {
        page.close().close().close();
    }

    private void words(String... texts) {
        for (String text : texts) {
            page.leaf("td", text);
        }
    }

    private void numbers(long... numbers) {
        for (long number : numbers) {
            cell(Figures.whole(number), number == 0 ? "number none" : "number");
        }
    }

    private void faults(long... numbers) {
        for (long number : numbers) {
            cell(Figures.whole(number), number == 0 ? "number none" : "number fault");
        }
    }

    private void amounts(@Nullable BigDecimal... amounts) {
        for (BigDecimal amount : amounts) {
            boolean isNone = amount == null || amount.signum() == 0;
            cell(amount == null ? "–" : Figures.amount(amount), isNone ? "number none" : "number");
        }
    }

    private void cell(String text, String kind) {
        page.leaf("td", text, "class", kind);
    }

    private static BigDecimal orZero(@Nullable BigDecimal amount) {
        return amount == null ? BigDecimal.ZERO : amount;
    }
}
