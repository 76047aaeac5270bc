package isthmus.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.crosscheck.Break;
import isthmus.crosscheck.CheckResult;
import isthmus.crosscheck.CheckResult.Cause;
import isthmus.crosscheck.CheckResult.Worst;
import isthmus.reconcile.NightReport.Away;
import isthmus.reconcile.NightReport.Breaks;
import isthmus.reconcile.NightReport.Line;
import isthmus.reconcile.NightReport.Sum;
import isthmus.reconcile.NightReport.Verdict;
import isthmus.reconcile.Nights.Kept;
import isthmus.reconcile.Nights.Past;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** The page on its own: complete, of one piece, and of nothing that somebody has written into a name. */
class NightPageTest {
    private static final Sum NO_SUM = new Sum(null, null);

    @Test
    void aHostileTitleIsTextLikeAnyOther() {
        String evil = "<script>alert(1)</script>";
        CheckResult check = check(evil, "\" onload=\"alert(2)", "4711.00", 3);
        Line line = new Line(evil, evil, 1, 0, 0, 0, 0, NO_SUM, NO_SUM, one("'><img src=x>"), none(), none(), 0);

        String page = page(List.of(line), List.of(new Away("crm", evil)), List.of(check));

        assertThat(page)
                .doesNotContain("<script", "<img", "\" onload")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "&#39;&gt;&lt;img src=x&gt;", "&quot; onload");
    }

    @Test
    void whatTurnsTextAroundOrBreaksThePageIsShownAsUnreadable() {
        String page = page(List.of(), List.of(new Away("crm", "a\u202Eb\0c\uD800d")), List.of());

        assertThat(page).contains("a\uFFFDb\uFFFDc\uFFFDd");
    }

    @Test
    void nothingIsLoadedAndNothingIsRun() {
        String page = realistic();

        assertThat(page)
                .contains("default-src 'none'; style-src 'unsafe-inline'".replace("'", "&#39;"))
                .doesNotContain("<script", "href=", "src=", "url(", "@import", "http://", "https://");
    }

    @Test
    void everyChartSaysInWordsWhatItShows() throws Exception {
        Document page = read(realistic());

        var drawings = page.getElementsByTagName("svg");
        assertThat(drawings.getLength()).isEqualTo(4);
        for (int i = 0; i < drawings.getLength(); i++) {
            var title = drawings.item(i).getFirstChild();
            assertThat(title.getNodeName()).isEqualTo("title");
            assertThat(title.getTextContent()).isNotBlank();
        }
        assertThat(page.getElementsByTagName("desc").getLength()).isEqualTo(4);
    }

    @Test
    void everyNumberIsOnThePageAndThoseOfThePastAreInTheTrend() throws Exception {
        String text = read(realistic()).getDocumentElement().getTextContent();

        assertThat(text)
                .contains("RED", "X-KWH: 214 open breaks", "1,299,975", "99.99 %", "184,220.40", "crm was not compared")
                .contains("The last 30 nights", "payment-not-posted", "acknowledged", "night 17")
                .contains("Which records are one", "XREF", "1,204", "41,000");
    }

    @Test
    void aGreenNightOverNothingIsAPageToo() throws Exception {
        String text =
                read(page(List.of(), List.of(), List.of())).getDocumentElement().getTextContent();

        assertThat(text).contains("Nothing that anybody has to look at.", "were not compared with each other");
    }

    /** For the eyes: the page is left in target/night.html. */
    private static String realistic() {
        List<Line> lines = new ArrayList<>();
        lines.add(line("billing", "customer", 412_000, 12));
        lines.add(line("billing", "account", 431_220, 4));
        lines.add(line("billing", "tariff", 64, 0));
        Line bills = line("billing", "bill", 1_300_000, 3);
        lines.add(new Line(
                "billing",
                "bill",
                1_300_000,
                1_299_975,
                3,
                12,
                1,
                new Sum(new BigDecimal("123456789.01"), new BigDecimal("123455990.00")),
                bills.energy(),
                new Breaks(
                        25,
                        List.of(
                                "urn:isthmus:yj:billing:bill:3100001281%2F202610%2F1",
                                "urn:isthmus:yj:billing:bill:3100001282%2F202610%2F1")),
                new Breaks(3, List.of("urn:isthmus:yj:billing:bill:9")),
                new Breaks(1, List.of("urn:isthmus:yj:billing:bill:cent")),
                0));
        lines.add(line("billing", "payment", 1_184_300, 5));
        lines.add(line("metering", "servicepoint", 410_870, 0));
        lines.add(line("metering", "meter", 415_101, 31));
        lines.add(line("metering", "intervalblock", 12_326_100, 240));
        List<CheckResult> checks = List.of(
                check("X-KWH", "multiplier", "184220.40", 214),
                check("X-AR", "payment-not-posted", "17322.75", 26),
                check("PAY-ORPHAN", "no-such-account", "994.56", 5),
                check("X-MULT", "ratio-differs", "0", 3),
                check("BIL-OVERLAP", "two-bills-one-day", "0", 0),
                new CheckResult(
                        "MD-ORPHAN",
                        "Meters of nobody",
                        "warning",
                        "metering",
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        BigDecimal.ZERO,
                        BigDecimal.ZERO,
                        List.of(),
                        List.of(),
                        "SQLState 57014"));
        String page =
                page(lines, List.of(new Away("crm", "not compared: ConnectException: Connection refused")), checks);
        try {
            Files.writeString(Path.of("target/night.html"), page);
        } catch (java.io.IOException fault) {
            throw new java.io.UncheckedIOException(fault);
        }
        return page;
    }

    private static CheckResult check(String code, String cause, String money, long open) {
        BigDecimal all = new BigDecimal(money);
        List<Worst> worst = new ArrayList<>();
        for (int i = 0; i < Math.min(open, 6); i++) {
            BigDecimal share =
                    all.signum() == 0 ? null : all.divide(BigDecimal.valueOf(3L + i), 2, java.math.RoundingMode.DOWN);
            worst.add(new Worst(
                    "MP000012%04d/2026-10".formatted(i * 37),
                    cause,
                    share,
                    share,
                    NightTableTest.TWO.minusDays(i * i),
                    i == 2 ? Break.State.ACKNOWLEDGED : Break.State.OPEN));
        }
        return new CheckResult(
                code,
                "What " + code + " compares with each other",
                "error",
                "billing",
                41_000,
                50,
                open,
                open == 0 ? 0 : 2,
                1,
                open / 3,
                4,
                0,
                all,
                all,
                open == 0
                        ? List.of()
                        : List.of(
                                new Cause(cause, open, all, all),
                                new Cause("estimated", 2, BigDecimal.TEN, BigDecimal.ZERO)),
                worst,
                null);
    }

    private static Line line(String system, String entity, long source, long quarantined) {
        Sum sum = sum(source + ".10");
        return new Line(
                system, entity, source, source - quarantined, quarantined, 7, 0, sum, sum, none(), none(), none(), 0);
    }

    private static Sum sum(String amount) {
        BigDecimal sum = new BigDecimal(amount);
        return new Sum(sum, sum);
    }

    private static Breaks one(String name) {
        return new Breaks(1, List.of(name));
    }

    private static Breaks none() {
        return new Breaks(0, List.of());
    }

    private static String page(List<Line> lines, List<Away> away, List<CheckResult> checks) {
        boolean isQuiet = lines.isEmpty() && away.isEmpty() && checks.isEmpty();
        NightReport report = new NightReport(
                17,
                NightTableTest.TWO,
                Duration.ofMinutes(15),
                NightTableTest.TWO,
                NightTableTest.TWO.plusSeconds(221),
                isQuiet ? Verdict.GREEN : Verdict.RED,
                lines,
                away,
                isQuiet ? null : NightTableTest.LINKS,
                checks);
        Random dice = new Random(7);
        List<Past> past = new ArrayList<>();
        for (int i = 29; i >= 0; i--) {
            Verdict verdict = i == 0 ? report.verdict() : Verdict.values()[dice.nextInt(3)];
            long breaks = 200 + dice.nextInt(80);
            past.add(new Past(
                    17 - i,
                    NightTableTest.TWO.minusDays(i),
                    verdict,
                    i == 12 ? null : breaks,
                    i == 12 ? null : new BigDecimal(breaks + "000.40")));
        }
        return NightPage.write(new Kept(report, "", "ab".repeat(32), "3f".repeat(32)), past);
    }

    private static Document read(String page) throws Exception {
        String xml = page.replace("<!DOCTYPE html>", "").replaceAll("(?s)<style>.*</style>", "");
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }
}
