package isthmus.serve.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import isthmus.crosscheck.Rules;
import isthmus.serve.Service;
import isthmus.serve.Town;
import isthmus.serve.lineage.Measured.Period;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a bill's period is measured by: whose readings count, how far around it, and how many. */
class MeasuredTest {
    private static final Path CHECK = Path.of("reconciliation/X-KWH.yaml");

    @TempDir
    Path root;

    private Ashore ashore;

    @BeforeEach
    void start() throws IOException {
        ashore = new Ashore(root);
    }

    @Test
    void theReadingsAreThoseThatTheCheckOfTheNightReckonsWith() throws Exception {
        ashore.readings(
                "READ_20261101_D1.csv",
                "20261102013000",
                Ashore.dial("2026-10-01", "5120.35"),
                dial("2026-10-02 00:00:00", "4", "5125.00"),
                dial("2026-10-02 18:00:00", "1", "5126.00"),
                Ashore.dial("2026-10-17", "5300.00"),
                Ashore.dial("2026-11-01", "5440.35"));

        assertThat(edges("graceDays: 10", "estimateSeconds: 80000"))
                .containsExactly("2026-10-02T18:00:00+08:00", "2026-11-01T00:00:00+08:00");
        assertThat(edges("graceDays: 1", "estimateSeconds: 60000"))
                .containsExactly("2026-10-02T00:00:00+08:00", "2026-10-17T00:00:00+08:00");
    }

    /** Of a period from the second to the thirtieth of October, under a check that is declared like this. */
    private List<String> edges(String grace, String further) throws Exception {
        Path config = Files.createTempDirectory(root, "config");
        Files.createDirectories(config.resolve("reconciliation"));
        Files.writeString(
                config.resolve(CHECK),
                Files.readString(Path.of("config").resolve(CHECK))
                        .replace("graceDays: 10", grace)
                        .replace("estimateSeconds: 80000", further));
        Reach reach = Reach.of(Rules.read(config, Set.of("billing", "metering", "crm")));
        Period period = new Period(
                LocalDate.of(2026, 10, 2),
                LocalDate.of(2026, 10, 30),
                List.of(Town.id("billing", "servicepoint", Ashore.POINT)));
        try (Connection connection = ashore.store.source.getConnection()) {
            return new Measured(connection, reach)
                    .edges(period).all().stream().map(Used::when).toList();
        }
    }

    private static String dial(String time, String source, String total) {
        return "D," + Ashore.ASSET + "," + Ashore.POINT + "," + time + ",2," + source + "," + total + ",,,1.00";
    }

    @Test
    void aSystemThatIsNotConfiguredAnyMoreHasMeasuredAllTheSame() throws Exception {
        ashore.bill("5120.35", "5440.35", "0.568", "2026-11-02 09:00:03");
        String point = Town.id("former", "servicepoint", Ashore.POINT);
        LocalDate day = LocalDate.of(2026, 10, 5);
        new Town(ashore.store)
                .put(
                        "former",
                        "intervalblock",
                        "M1",
                        point,
                        day,
                        day.plusDays(1),
                        Map.of("servicePoint", point, "localDate", day.toString(), "sum", "9.60"));

        try (Service service = Service.over(ashore.store)) {
            JsonNode measured = get(service, "bill", Ashore.BILL, "trace").path("measured");

            assertThat(measured.findValuesAsText("id")).containsExactly(Town.id("former", "intervalblock", "M1"));
            assertThat(measured.at("/0/value").asText()).isEqualTo("9.60");
        }
    }

    @Test
    void whatIsLeftOutIsSaidToBe() throws Exception {
        ashore.curves("CURVE_20261101_D1.csv", "20261102013000", Ashore.day("2026-10-31", "0.100"));
        ashore.bill("5120.35", "5440.35", "0.568", "2026-11-02 09:00:03");
        new Town(ashore.store).multiply(Ashore.block("2026-10-31"), 4_999);

        try (Service service = Service.over(ashore.store)) {
            JsonNode whole = get(service, "bill", Ashore.BILL, "trace");
            new Town(ashore.store).multiply(Ashore.block("2026-10-31") + "-4999", 1);
            JsonNode cut = get(service, "bill", Ashore.BILL, "trace");

            assertThat(whole.path("measured")).hasSize(5_000);
            assertThat(whole.path("moreMeasured").asBoolean()).isFalse();
            assertThat(whole.at("/impact/more").asBoolean()).isFalse();
            assertThat(cut.path("measured")).hasSize(5_000);
            assertThat(cut.path("moreMeasured").asBoolean()).isTrue();
            assertThat(cut.at("/impact/more").asBoolean()).isTrue();
            assertThat(get(service, "bill", Ashore.BILL, "impact").path("more").asBoolean())
                    .isTrue();
        }
    }

    @Test
    void billsThatAreLeftOutAreSaidToBe() throws Exception {
        ashore.curves("CURVE_20261101_D1.csv", "20261102013000", Ashore.day("2026-10-31", "0.100"));
        ashore.bill("5120.35", "5440.35", "0.568", "2026-11-02 09:00:03");
        new Town(ashore.store).multiply(Ashore.BILL, 500);
        ashore.curves("CURVE_20261105_D1.csv", "20261106013000", Ashore.day("2026-10-31", "0.125"));

        try (Service service = Service.over(ashore.store)) {
            JsonNode impact = get(service, "intervalblock", Ashore.block("2026-10-31"), "impact");

            assertThat(impact.path("effects")).hasSize(500);
            assertThat(impact.path("more").asBoolean()).isTrue();
        }
    }

    private static JsonNode get(Service service, String entity, String id, String what) throws Exception {
        return service.json("/api/v1/" + entity + "/" + Service.encoded(id) + "/" + what);
    }
}
