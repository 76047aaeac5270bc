package isthmus.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.catalog.Catalog;
import isthmus.catalog.Column;
import isthmus.catalog.LegacySystem;
import isthmus.catalog.MappingReader;
import isthmus.catalog.Problems;
import isthmus.catalog.Pull;
import isthmus.model.Fact;
import isthmus.model.Reason;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CurveTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private final Normalizer normalizer = Islands.normalizer();

    @ParameterizedTest
    @CsvSource({
        "2026-03-29, 92, 2026-03-29T00:00:00+01:00, 2026-03-30T00:00:00+02:00",
        "2026-10-25, 100, 2026-10-25T00:00:00+02:00, 2026-10-26T00:00:00+01:00",
        "2026-06-01, 96, 2026-06-01T00:00:00+02:00, 2026-06-02T00:00:00+02:00"
    })
    void expectsAsManyQuartersAsTheDayHas(String day, int expected, String start, String end, @TempDir Path folder)
            throws IOException {
        Pull pull = hundredPoints();
        Row row = Rows.curve().with("DATA_DATE", day);
        for (int i = 1; i <= 100; i++) {
            row.with("E" + i, i <= expected ? "0.1" : "");
        }

        Fact fact = Row.fact(row.say(normalizer(pull, folder), "intervalblock", pull));

        String body = new String(fact.body(), StandardCharsets.UTF_8);
        assertThat(body).contains("\"expected\":" + expected + ",", "\"received\":" + expected + ",");
        assertThat(body).contains("\"start\":\"" + start + "\"", "\"end\":\"" + end + "\"");
        assertThat(fact.energy()).isEqualByComparingTo(new BigDecimal(expected).movePointLeft(1));
        assertThat(fact.validTo()).isEqualTo(LocalDate.parse(day).plusDays(1));
        assertThat(Schemas.faults("intervalblock", body)).isEmpty();
    }

    @Test
    void refusesMorePointsThanTheDayHas() {
        Normalizer berlin = Islands.normalizer(BERLIN);

        assertThat(Rows.curve().with("DATA_DATE", "20260329").refusal(berlin, "intervalblock"))
                .isEqualTo("SCHEMA values/92");
    }

    private static Pull hundredPoints() {
        Pull curve = Islands.pull("curve");
        List<Column> columns = new ArrayList<>(curve.columns());
        for (int i = 97; i <= 100; i++) {
            columns.add(new Column("E" + i, "text", 0, false));
        }
        return new Pull("curve", curve.entities(), curve.key(), null, columns, Map.of(), Map.of());
    }

    private static Normalizer normalizer(Pull pull, Path folder) throws IOException {
        Path routes = Path.of("routes", "metering");
        String mapping = Files.readString(routes.resolve("intervalblock.mapping.yaml"));
        Files.writeString(folder.resolve("intervalblock.mapping.yaml"), mapping.replace("E1..E96", "E1..E100"));
        Files.createDirectory(folder.resolve("codes"));
        Files.copy(routes.resolve("codes/CURVE.DATA_FLAG.csv"), folder.resolve("codes/CURVE.DATA_FLAG.csv"));
        Problems problems = new Problems();
        LegacySystem system = new LegacySystem(
                "metering",
                folder,
                "file",
                BERLIN,
                StandardCharsets.UTF_8,
                Duration.ZERO,
                Map.of(),
                List.of(pull),
                MappingReader.read("metering", folder, List.of(pull), problems));
        problems.throwIfAny();
        Clock clock = Clock.fixed(Islands.NOW, BERLIN);
        return Normalizer.compile(new Catalog("yj", List.of(system)), Islands.FINGERPRINTS, clock);
    }

    @ParameterizedTest
    @CsvSource({
        "abc, NUMBER-INVALID values/16",
        "0.12345, NUMBER-RANGE values/16",
        "9000000000.001, NUMBER-RANGE values/16",
        "123456789012345678901, NUMBER-RANGE values/16"
    })
    void refusesAValueThatDoesNotFit(String text, String refusal) {
        assertThat(Rows.curve().with("E17", text).refusal(normalizer, "intervalblock"))
                .isEqualTo(refusal);
    }

    @Test
    void publishesNegativeValuesGapsAndUnknownFlagsWithAMark() {
        Fact fact = Rows.curve()
                .with("E1", "-9999")
                .with("E2", "-0.25")
                .with("E3", "9000000000")
                .with("DATA_FLAG", "7")
                .fact(normalizer, "intervalblock");

        assertThat(fact.quality().stream().map(flag -> flag.code().code() + " " + flag.path()))
                .containsExactly("VEE-NEG /values/1", "CODE-UNKNOWN /quality", "VEE-GAP /values/0");
        assertThat(new String(fact.body(), StandardCharsets.UTF_8))
                .contains("\"values\":[null,-250,9000000000000,100,");
        assertThat(fact.energy()).isEqualByComparingTo("9000000009.05");
    }

    @Test
    void marksADayThatIsNotOverYet() {
        Fact fact = Rows.curve().with("DATA_DATE", "20261123").fact(normalizer, "intervalblock");

        assertThat(fact.quality()).extracting("code").containsExactly(Reason.VEE_FUTURE);
    }

    @ParameterizedTest
    @CsvSource({"2, ''", "3, WHOLE-FLAG WHOLE_FLAG"})
    void refusesFlagsThatContradictMostOfTheirPoints(int given, String refusal) {
        Row row = Rows.curve().with("WHOLE_FLAG", "0000" + "1".repeat(92));
        for (int i = given + 1; i <= 4; i++) {
            row.with("E" + i, "");
        }

        String said = row.refusal(normalizer, "intervalblock");

        assertThat(said).isEqualTo(refusal.isEmpty() ? said : refusal);
    }

    @Test
    void saysADayWithoutAnyValueAsOneRun() {
        Row row = Rows.curve();
        for (int i = 1; i <= 96; i++) {
            row.with("E" + i, null);
        }

        assertThat(row.refusal(normalizer, "intervalblock"))
                .contains("\"quality\":[{\"at\":0,\"cim\":\"2.5.259\",\"flag\":\"missing\",\"n\":96}]")
                .contains("\"received\":0,")
                .contains("\"sum\":\"0.00\"");
    }
}
