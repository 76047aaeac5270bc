package isthmus.reconcile;

import isthmus.crosscheck.CheckResult;
import isthmus.identity.picture.Markup;
import isthmus.reconcile.NightReport.Line;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The report as one page: verdict and reasons, figures, charts, tables; it loads nothing and runs nothing. */
final class NightPage {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu, HH:mm 'UTC'xxx", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE;
    private static final String CSS = css();

    private final Markup page = Markup.page();
    private final NightReport report;

    private NightPage(NightReport report) {
        this.report = report;
    }

    /** @param past the trend, oldest first, this night included */
    static String write(Nights.Kept night, List<Nights.Past> past) {
        NightPage page = new NightPage(night.report());
        page.write(night.previous(), night.hash(), past);
        return page.page.toString();
    }

    private void write(String previous, String hash, List<Nights.Past> past) {
        page.open("html", "lang", "en");
        head();
        page.open("body").open("main");
        verdict();
        figures();
        PageCharts charts = new PageCharts(page);
        charts.trend(past);
        charts.completeness(report.lines());
        charts.causes(weighty());
        charts.stakes(weighty());
        new PageTables(page, report).write();
        foot(previous, hash);
        page.close().close().close();
    }

    private void head() {
        page.open("head")
                .empty("meta", "charset", "utf-8")
                // Even what slipped through could load and run nothing.
                .empty(
                        "meta",
                        "http-equiv",
                        "Content-Security-Policy",
                        "content",
                        "default-src 'none'; style-src 'unsafe-inline'")
                .empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .empty("meta", "name", "robots", "content", "noindex")
                .leaf("title", "Night %d, %s: %s".formatted(report.id(), DAY.format(report.asOf()), report.verdict()))
                .style(CSS)
                .close();
    }

    private void verdict() {
        String tone = report.verdict().name().toLowerCase(Locale.ROOT);
        page.open("header")
                .open("div")
                .leaf("p", "Isthmus · reconciliation", "class", "house")
                .leaf("h1", "Report of night " + report.id())
                .leaf("p", scope(report.asOf()), "class", "scope")
                .close()
                .leaf("p", report.verdict().name(), "class", "verdict " + tone)
                .close();
        page.open("section", "class", "reasons " + tone, "aria-label", "Why");
        List<String> reasons = report.reasons();
        if (reasons.isEmpty()) {
            page.leaf("p", "Nothing that anybody has to look at.");
        } else {
            page.open("ul");
            reasons.forEach(reason -> page.leaf("li", reason));
            page.close();
        }
        if (report.checks().isEmpty()) {
            page.leaf("p", "The systems were not compared with each other in this night.");
        }
        page.close();
    }

    private String scope(OffsetDateTime asOf) {
        Duration took = Duration.between(report.started(), report.ended());
        String settle = report.settle().isZero()
                ? ""
                : "; changes since " + TIME.format(asOf.minus(report.settle())) + " left out";
        String minutes = took.toMinutes() == 0 ? "" : took.toMinutes() + " min ";
        return "Both shores as of %s%s. It took %s%d s."
                .formatted(MOMENT.format(asOf), settle, minutes, took.toSecondsPart());
    }

    private void figures() {
        List<Line> lines = report.lines();
        long source = lines.stream().mapToLong(Line::source).sum();
        long missing = lines.stream().mapToLong(line -> line.missing().total()).sum();
        long differences = missing
                + lines.stream()
                        .mapToLong(
                                line -> line.extra().total() + line.different().total())
                        .sum();
        page.open("dl", "class", "figures");
        figure(Figures.whole(source), "records on the legacy shore");
        figure(Figures.share(source - missing, source), "of them in the store or in quarantine");
        figure(Figures.whole(differences), "differences between the shores");
        if (!report.checks().isEmpty()) {
            List<CheckResult> checks = weighty();
            long open = checks.stream().mapToLong(CheckResult::open).sum();
            long acknowledged =
                    checks.stream().mapToLong(CheckResult::acknowledged).sum();
            figure(
                    Figures.whole(open),
                    "open breaks between the systems"
                            + (acknowledged == 0 ? "" : ", and " + Figures.whole(acknowledged) + " acknowledged"));
            figure(sum(checks.stream().map(CheckResult::money).toList()), "money at stake");
            figure(sum(checks.stream().map(CheckResult::kwh).toList()), "kWh at stake");
        }
        page.close();
    }

    /** What is only for information would drown what somebody has to look at; it stands in the table of the checks. */
    private List<CheckResult> weighty() {
        return report.checks().stream().filter(check -> !check.isInfo()).toList();
    }

    private void figure(String number, String what) {
        page.open("div").leaf("dt", what).leaf("dd", number).close();
    }

    private static String sum(List<BigDecimal> amounts) {
        return Figures.amount(amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    private void foot(String previous, String hash) {
        page.open("footer")
                .open("p")
                .text(
                        "Everything on this page but the nights before stands in the report that is stored under the hash ")
                .leaf("code", hash)
                .text(previous.isEmpty() ? "; it is the first night." : "; the night before has ");
        if (!previous.isEmpty()) {
            page.leaf("code", previous).text(".");
        }
        page.close()
                .open("p")
                .leaf("code", "isthmus reconcile report --verify")
                .text(" takes every hash anew. Money is in the currency of the bills. Subjects are keys of the legacy")
                .text(" systems; this page names no person.")
                .close()
                .close();
    }

    private static String css() {
        try (InputStream in = NightPage.class.getResourceAsStream("/isthmus/reconcile/night.css")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException fault) {
            throw new UncheckedIOException("the style sheet is part of the jar", fault);
        }
    }
}
