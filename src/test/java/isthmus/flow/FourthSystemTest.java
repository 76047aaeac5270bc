package isthmus.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import isthmus.catalog.Catalog;
import isthmus.catalog.CatalogReader;
import isthmus.model.Outcome;
import isthmus.normalize.Normalizer;
import isthmus.security.Fingerprints;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new system is a new folder: this one has no line of Java. */
@NullUnmarked
class FourthSystemTest {
    private static final Path ROUTES = Path.of("src/test/resources/routes-fourth");

    @TempDir
    Path folder;

    @Test
    void bringsAndNormalizesAFolderOfFilesThatNoJavaKnows() throws Exception {
        Files.createDirectories(folder.resolve("in"));
        Files.writeString(folder.resolve("in/station-20261101.csv"), """
                STATION;PLACE;TAKEN_AT;TOTAL
                S1;P1;2026-11-01 08:00:00;12.5
                S2;"P;2";2026-11-01 08:00:00;oops
                """);
        Files.createFile(folder.resolve("in/station-20261101.csv.ok"));
        Map<String, String> environment = Map.of("WEATHER_FOLDER", folder.toString());

        try (TestHub hub = new TestHub(ROUTES, environment)) {
            PullReport report = hub.pulls.run("weather", "station", 1);

            assertThat(report).isEqualTo(new PullReport("weather", "station", 1, 2, 1, null));
            assertThat(hub.store.locators()).containsExactly("station-20261101.csv:2", "station-20261101.csv:3");
            Catalog catalog = CatalogReader.read(ROUTES, Path.of("config"), environment::get);
            String key = Base64.getEncoder().encodeToString("k".repeat(32).getBytes(StandardCharsets.US_ASCII));
            var said = Normalizer.compile(catalog, new Fingerprints(key), Clock.systemUTC())
                    .normalize(hub.store.chunks.get(0))
                    .outcomes()
                    .get("registerreading");
            assertThat(said.get(0))
                    .isInstanceOfSatisfying(
                            Outcome.Accepted.class,
                            accepted -> assertThat(read(accepted.fact().body())).isEqualTo("12.50"));
            assertThat(said.get(1))
                    .isInstanceOfSatisfying(
                            Outcome.Rejected.class,
                            rejected -> assertThat(rejected.reason().code()).isEqualTo("NUMBER-INVALID"));
        }
        assertThat(folder.resolve("done")).isDirectoryContaining("glob:**-station-20261101.csv");
        assertThat(folder.resolve("in")).isEmptyDirectory();
    }

    private static String read(byte[] body) {
        try {
            return new ObjectMapper().readTree(body).at("/registers/0/value").asText();
        } catch (java.io.IOException fault) {
            throw new java.io.UncheckedIOException(fault);
        }
    }
}
