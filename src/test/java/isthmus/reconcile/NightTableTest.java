package isthmus.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.crosscheck.Break;
import isthmus.crosscheck.CheckResult;
import isthmus.crosscheck.CheckResult.Cause;
import isthmus.crosscheck.CheckResult.Worst;
import isthmus.identity.LinkReport;
import isthmus.identity.LinkReport.Count;
import isthmus.identity.LinkReport.Huge;
import isthmus.reconcile.NightReport.Away;
import isthmus.reconcile.NightReport.Breaks;
import isthmus.reconcile.NightReport.Line;
import isthmus.reconcile.NightReport.Sum;
import isthmus.reconcile.NightReport.Verdict;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NightTableTest {

    private static final Path GOLDENS = Path.of("src/test/resources/golden");
    static final OffsetDateTime TWO = OffsetDateTime.parse("2026-11-02T02:00:00+08:00");
    private static final Breaks NONE = new Breaks(0, List.of());
    private static final Sum NO_SUM = new Sum(null, null);
    static final LinkReport LINKS = new LinkReport(
            List.of(new Count("XREF", 1_204, 12, 3, 1_204, 0), new Count("SP-NO", 41_000, 0, 0, 2, 17)),
            List.of(new Huge("person", "contact", 5_000, "urn:isthmus:yj:crm:customer:C00010003")),
            null);

    @Test
    void aGreenNightIsShort() throws IOException {
        Line customers = new Line("billing", "customer", 2_000, 1_990, 10, 0, 0, NO_SUM, NO_SUM, NONE, NONE, NONE, 0);
        NightReport report = new NightReport(
                1,
                TWO,
                Duration.ZERO,
                TWO,
                TWO.plusSeconds(41),
                Verdict.GREEN,
                List.of(customers),
                List.of(),
                null,
                List.of());

        assertGolden("night-green.txt", report.table());
        assertThat(report.exitCode()).isZero();
    }

    @Test
    void aRedNightNamesWhatDoesNotAgree() throws IOException {
        assertGolden("night-red.txt", red().table());
        assertThat(red().exitCode()).isEqualTo(2);
    }

    @Test
    void theSameNightAsJson() throws IOException {
        assertGolden("night-red.json", red().json() + "\n");
    }

    @Test
    void aReportReadFromItsJsonIsTheFirstOne() {
        NightReport again = NightReport.of(red().json());

        assertThat(again).isEqualTo(red());
        assertThat(again.json()).isEqualTo(red().json());
        assertThat(again.table()).isEqualTo(red().table());
    }

    @Test
    void aWideCharacterTakesTwoPlaces() {
        Columns columns = new Columns("lr");
        columns.add("电费𠮷", "1");
        columns.add("ab", "22");
        StringBuilder out = new StringBuilder();

        columns.write(out);

        assertThat(out).hasToString("电费𠮷   1\nab      22\n");
    }

    static NightReport red() {
        Line bills = new Line(
                "billing",
                "bill",
                1_300_000,
                1_299_975,
                3,
                12,
                1,
                new Sum(new BigDecimal("123456789.01"), new BigDecimal("123456789.00")),
                new Sum(new BigDecimal("987654.3210"), new BigDecimal("987654.321")),
                new Breaks(
                        25,
                        IntStream.range(0, 25)
                                .mapToObj(i -> String.format("urn:isthmus:yj:billing:bill:%02d", i))
                                .toList()),
                new Breaks(3, List.of("urn:isthmus:yj:billing:bill:x")),
                new Breaks(1, List.of("urn:isthmus:yj:billing:bill:cent")),
                0);
        Line blocks = new Line(
                "计量",
                "intervalblock",
                7,
                7,
                0,
                0,
                0,
                NO_SUM,
                new Sum(new BigDecimal("0.123"), new BigDecimal("0.123")),
                NONE,
                NONE,
                NONE,
                0);
        CheckResult kwh = new CheckResult(
                "X-KWH",
                "Metered against billed energy",
                "error",
                "billing",
                41_000,
                50,
                7,
                2,
                1,
                3,
                4,
                0,
                new BigDecimal("1234.50"),
                new BigDecimal("678.98"),
                List.of(new Cause("multiplier", 9, new BigDecimal("1234.50"), new BigDecimal("678.98"))),
                List.of(new Worst(
                        "MP1/2026-10",
                        "multiplier",
                        new BigDecimal("970.20"),
                        new BigDecimal("533.61"),
                        TWO.minusDays(3),
                        Break.State.ACKNOWLEDGED)),
                null);
        CheckResult failed = new CheckResult(
                "X-AR",
                "Bills, payments and what is owed",
                "error",
                "billing",
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
                "SQLState 57014");
        return new NightReport(
                17,
                TWO,
                Duration.ofMinutes(15),
                TWO,
                TWO.plusMinutes(3),
                Verdict.RED,
                List.of(bills, blocks),
                List.of(new Away("crm", "not compared: ConnectException: Connection refused")),
                LINKS,
                List.of(kwh, failed));
    }

    private static void assertGolden(String name, String text) throws IOException {
        Path golden = GOLDENS.resolve(name);
        if ("write".equals(System.getProperty("golden"))) {
            Files.createDirectories(GOLDENS);
            Files.writeString(golden, text);
        }
        assertThat(text).isEqualTo(Files.readString(golden));
    }
}
