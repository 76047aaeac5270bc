package isthmus.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.catalog.Catalog;
import isthmus.catalog.CatalogReader;
import isthmus.model.Chunk;
import isthmus.model.Fact;
import isthmus.model.Layout;
import isthmus.model.Origin;
import isthmus.model.Outcome;
import isthmus.model.Piece;
import isthmus.model.Reason;
import isthmus.security.Fingerprints;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Points become the intervals of a day: with the mappings of examples/. */
@NullUnmarked
class PointsTest {
    private static final Catalog CATALOG = CatalogReader.read(Path.of("examples"), Path.of("config"), name -> "x");

    private static Outcome say(String system, String pull, List<Reason> notes, String[] values, List<String[]> rows) {
        String key = Base64.getEncoder().encodeToString("k".repeat(32).getBytes(StandardCharsets.US_ASCII));
        Layout layout = CATALOG.system(system).pull(pull).layout();
        Piece piece = new Piece(values, List.of(rows), 1, "f:1", () -> new byte[0], null);
        Origin origin = new Origin("file", "f", null, null, OffsetDateTime.parse("2026-11-23T00:00:00+01:00"));
        Chunk chunk =
                new Chunk(system, pull, List.of("intervalblock"), 1, layout, List.of(piece), origin, null, null, notes);
        return Normalizer.compile(CATALOG, new Fingerprints(key), Clock.systemUTC())
                .normalize(chunk)
                .outcomes()
                .get("intervalblock")
                .get(0);
    }

    private static Outcome nem(String uom, String minutes, List<String[]> rows, Reason... notes) {
        String[] values = {"61", "E1", "", uom, minutes, "20260110", "V", ""};
        return say("nem", "interval", List.of(notes), values, rows);
    }

    private static List<String[]> halfHours(String value) {
        List<String[]> rows = new ArrayList<>();
        for (int i = 1; i <= 48; i++) {
            rows.add(new String[] {"" + i, value, "A", "", ""});
        }
        return rows;
    }

    private static Fact fact(Outcome outcome) {
        return outcome.fold(Outcome.Accepted::fact, no -> {
            throw new AssertionError(no);
        });
    }

    private static Reason reason(Outcome outcome) {
        return outcome.fold(yes -> null, Outcome.Rejected::reason);
    }

    private static JsonNode json(Outcome outcome) throws Exception {
        return new ObjectMapper().readTree(fact(outcome).body());
    }

    private static List<String> flags(Outcome outcome) {
        return fact(outcome).quality().stream()
                .map(flag -> flag.code().code() + " " + flag.path())
                .toList();
    }

    @Test
    void publishesWattHoursAsKilowattHoursAndSaysSo() throws Exception {
        Outcome outcome = nem("Wh", "30", halfHours("10"), Reason.HEADER_MISSING);

        assertThat(json(outcome).get("unit").asText()).isEqualTo("kWh");
        assertThat(json(outcome).get("values").get(0).asLong()).isEqualTo(100);
        assertThat(json(outcome).get("scale").asInt()).isEqualTo(-4);
        assertThat(json(outcome).get("sum").asText()).isEqualTo("0.48");
        assertThat(fact(outcome).energy()).isEqualByComparingTo("0.48");
        assertThat(flags(outcome)).containsExactly("HEADER-MISSING ", "UNIT-CONVERTED /unit");
        assertThat(json(outcome).get("meter").asText()).endsWith(":meter:61");
    }

    @Test
    void addsUpNoVoltsAndGivesTheNightNoReactiveEnergy() throws Exception {
        Outcome volts = nem("V", "30", halfHours("230.1"));
        Outcome reactive = nem("KVARH", "30", halfHours("1"));

        assertThat(json(volts).get("sum").isNull()).isTrue();
        assertThat(fact(volts).energy()).isNull();
        assertThat(json(reactive).get("sum").asText()).isEqualTo("48.00");
        assertThat(fact(reactive).energy()).isNull();
    }

    @Test
    void writesRunsOfQualityAndMethodAndLeavesOutWhatIsMissing() throws Exception {
        List<String[]> rows = halfHours("1");
        rows.set(0, new String[] {"1", "5", "N", "", ""});
        rows.set(2, new String[] {"3", "1", "F", "F14", "76"});
        rows.set(3, new String[] {"4", "1", "F", "F14", "76"});
        rows.set(4, new String[] {"5", "1", "S", "S52", ""});

        Outcome outcome = nem("kWh", "30", rows);

        assertThat(json(outcome).get("received").asInt()).isEqualTo(47);
        assertThat(json(outcome).get("values").get(0).isNull()).isTrue();
        assertThat(json(outcome).get("quality").toString())
                .isEqualTo("[{\"at\":0,\"cim\":\"2.5.259\",\"flag\":\"missing\",\"n\":1},"
                        + "{\"at\":2,\"flag\":\"estimated\",\"method\":\"final14\",\"n\":2},"
                        + "{\"at\":4,\"flag\":\"estimated\",\"method\":\"substitute52\",\"n\":1}]");
        assertThat(flags(outcome)).containsExactly("VEE-GAP /values/0");
    }

    @Test
    void refusesWhatMakesNoDay() {
        List<String[]> twice = halfHours("1");
        twice.set(1, new String[] {"1", "2", "A", "", ""});
        List<String[]> beyond = halfHours("1");
        beyond.set(1, new String[] {"49", "2", "A", "", ""});

        assertThat(reason(nem("kWh", "30", twice))).isEqualTo(Reason.SCHEMA);
        assertThat(reason(nem("kWh", "30", beyond))).isEqualTo(Reason.SCHEMA);
        assertThat(reason(nem("furlong", "30", halfHours("1")))).isEqualTo(Reason.SCHEMA);
        assertThat(reason(nem("kWh", "7", halfHours("1")))).isEqualTo(Reason.PERIOD_INVALID);
        assertThat(reason(nem("kWh", "30", halfHours("1.00001")))).isEqualTo(Reason.NUMBER_RANGE);
        assertThat(reason(nem("kWh", "30", halfHours("1e3")))).isEqualTo(Reason.NUMBER_INVALID);
        assertThat(reason(nem("kWh", "30", halfHours("99999999999999")))).isEqualTo(Reason.NUMBER_RANGE);
        assertThat(reason(nem("kWh", "30", halfHours(".005")))).isNull();
    }

    @Test
    void placesTimesOffTheGridByTheirStartAndAWholeDayThatContradictsItselfByItsOrder() throws Exception {
        Outcome shifted = say("mscons", "profile", List.of(), profile(), quarters(1, "2026-11-22T00:16:00+01:00"));
        Outcome whole = say("mscons", "profile", List.of(), profile(), quarters(1, "2026-11-22T00:30:00+01:00"));
        List<String[]> less = quarters(1, "2026-11-22T00:30:00+01:00");
        less.remove(95);

        assertThat(flags(shifted)).containsExactly("TIME-GRID /values/1");
        assertThat(json(shifted).get("values").get(1).asLong()).isEqualTo(1_000);
        assertThat(flags(whole)).containsExactly("TIME-GRID /values/2", "TIME-GRID /values/1");
        assertThat(json(whole).get("received").asInt()).isEqualTo(96);
        assertThat(reason(say("mscons", "profile", List.of(), profile(), less))).isEqualTo(Reason.SCHEMA);
    }

    private static String[] profile() {
        return new String[] {"I", "S", "1", "D", "DE1", "1-1:1.29.0", "2026-11-22"};
    }

    private static List<String[]> quarters(int odd, String start) {
        List<String[]> rows = new ArrayList<>();
        OffsetDateTime from = OffsetDateTime.parse("2026-11-22T00:00:00+01:00");
        for (int i = 0; i < 96; i++) {
            String at = i == odd ? start : from.plusMinutes(15L * i).toString().replaceFirst("T(..:..)\\+", "T$1:00+");
            String end = from.plusMinutes(15L * i + 15).toString().replaceFirst("T(..:..)\\+", "T$1:00+");
            rows.add(new String[] {"220", "" + i, "", "", null, at, end});
        }
        return rows;
    }
}
