package isthmus.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.catalog.CatalogReader;
import isthmus.catalog.ConfigurationFault;
import isthmus.flow.StoredHub;
import isthmus.store.Store;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F30: files of routes/ are written while the hub runs, and one is found broken by the next start. */
class BrokenRoutesTest {
    @TempDir
    Path root;

    private Path routes;

    @BeforeEach
    void setUp() throws Exception {
        routes = Home.lay(root.resolve("home")).resolve("routes");
    }

    @Test
    void whatRunsDoesNotSeeFilesThatAreHalfWritten() throws Exception {
        Payments payments = Payments.open();
        payments.add(1, 100, 2);
        Store store = Store.fresh();
        try (StoredHub hub = new StoredHub(routes, payments.maria().environment(), store)) {
            for (Path file : files()) {
                cut(file, Files.size(file) / 2);
            }

            StoredHub.Ended ended = hub.pull("billing", "payment");

            assertThat(ended.isWhole()).as("%s", ended).isTrue();
            payments.assertAllIn(store, 100);
        }
    }

    @Test
    void aStartWithABrokenFileIsRefusedWithItsNameAndLine() throws Exception {
        Random random = Seeds.of("F30");
        int refused = 0;
        int tries = 0;
        for (Path file : files()) {
            if (!file.toString().endsWith(".yaml")) {
                continue;
            }
            byte[] sound = Files.readAllBytes(file);
            for (int round = 0; round < 3; round++) {
                int at = random.nextInt(sound.length);
                cut(file, at);
                Files.writeString(
                        file, "\n  - {half: [", StandardCharsets.UTF_8, java.nio.file.StandardOpenOption.APPEND);
                tries++;
                List<String> faults = faults();
                String what = file + " cut at " + at + ": " + faults;
                assertThat(faults)
                        .as(what)
                        .anyMatch(fault -> fault.matches("(?s).*" + file.getFileName() + ":\\d+: .*"));
                refused++;
                if (tries % 20 == 1) {
                    System.out.println("F30: " + faults.get(0));
                }
                Files.write(file, sound);
            }
        }
        assertThat(refused).isEqualTo(tries).isPositive();
        assertThat(faults()).isEmpty();
        Seeds.tell("F30", tries, "starts with a broken file in routes/");
    }

    private List<String> faults() {
        try {
            CatalogReader.read(
                    routes,
                    Path.of("config"),
                    name -> name.endsWith("URL")
                            ? url(name)
                            : name.matches(".*(TRANSPORT|INSECURE|CERTIFICATE)") ? null : "1");
            return List.of();
        } catch (ConfigurationFault fault) {
            return fault.faults();
        }
    }

    private static String url(String name) {
        return name.startsWith("BILLING") ? "jdbc:mariadb://127.0.0.1:1/x" : "http://127.0.0.1:1/";
    }

    private List<Path> files() throws Exception {
        try (Stream<Path> files = Files.walk(routes)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("samples"))
                    .sorted()
                    .toList();
        }
    }

    private static void cut(Path file, long at) throws Exception {
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) at));
    }
}
