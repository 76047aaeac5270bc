package isthmus.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.catalog.Catalog;
import isthmus.catalog.CatalogReader;
import isthmus.model.Chunk;
import isthmus.model.Piece;
import isthmus.model.Reason;
import isthmus.source.Folder;
import isthmus.source.SourceAway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.cxf.BusFactory;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.health.Health;
import org.springframework.core.env.StandardEnvironment;

/** The same files over SFTP, FTPS and FTP: one folder under routes/, three ways to reach it. */
@NullUnmarked
class FileTransferTest {
    private static final String NAME = "READ_20261101_D1.csv";

    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(strings = {"sftp", "ftps", "ftp"})
    void bringsTheSameRecordsAndPutsTheFileAwayWhateverCarriesIt(String transfer) throws Exception {
        String text = Sftp.readings(Sftp.reading("4901", "10.50"), Sftp.reading("4902", "20.25"));
        try (Island island = new Island(transfer, dir);
                TestHub hub = TestHub.of(island.environment())) {
            island.put(NAME, text);

            PullReport report = hub.pulls.run("metering", "reading", 3);

            assertThat(report).isEqualTo(new PullReport("metering", "reading", 1, 2, 1, null));
            Chunk chunk = hub.store.chunks.get(0);
            assertThat(chunk.raw()).isEqualTo(text.getBytes(Sftp.GB18030));
            assertThat(chunk.origin().transport()).isEqualTo(transfer);
            assertThat(chunk.origin().at()).hasToString("2026-11-02T01:30+08:00");
            Piece second = chunk.pieces().get(1);
            assertThat(second.locator()).isEqualTo(NAME + ":3");
            assertThat(hub.store.value(second, "P_TOTAL")).isEqualTo("20.25");
            assertThat(island.names("out")).isEmpty();
            assertThat(island.names("archive").get(0)).matches("[0-9]{17}-[0-9a-f]{12}-" + NAME);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sftp", "ftps", "ftp"})
    void theNightReadsWhatWasPutAway(String transfer) throws Exception {
        try (Island island = new Island(transfer, dir);
                TestHub hub = TestHub.of(island.environment())) {
            island.put(NAME, Sftp.readings(Sftp.reading("4901", "10.50")));
            hub.pulls.run("metering", "reading", 1);
            List<String> again = new ArrayList<>();

            var bus = BusFactory.newInstance().createBus();
            Path work = Files.createDirectories(dir.resolve("night"));
            try (NightShore night = new NightShore(TestHub.editions(hub.catalog), bus, work, Clock.systemUTC())) {
                night.everything(
                        "metering", "reading", chunk -> chunk.pieces().forEach(piece -> again.add(piece.locator())));
            }

            assertThat(again).containsExactly(NAME + ":2");
            assertThat(island.names("archive")).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sftp", "ftps", "ftp"})
    void refusesHostileNamesAndNeverTouchesTheFiles(String transfer) throws Exception {
        List<String> names = List.of(
                "CURVE_20261101_D1;rm -rf.csv", "up%2f..%2fetc.csv", "CURVE_20261103_D1\\..\\etc.csv", "电表.csv");
        try (Island island = new Island(transfer, dir);
                TestHub hub = TestHub.of(island.environment())) {
            for (String name : names) {
                island.put(name, "x");
            }
            // One name to a file system, two lines to a listing, two commands to a careless client.
            island.put("CURVE_20261102_D1\r\nDELE 电表.csv", "x");

            hub.pulls.run("metering", "meter", 1);
            hub.pulls.run("metering", "meter", 2);

            assertThat(hub.store.refusals())
                    .contains(names.stream().map(name -> name + " FILE-NAME").toArray(String[]::new));
            assertThat(hub.store.refusals()).allMatch(refusal -> refusal.endsWith(" FILE-NAME"));
            assertThat(island.names("out")).hasSize(10);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sftp", "ftps", "ftp"})
    void aFolderTellsWhatIsThereAndNeverRenamesOverIt(String transfer) throws Exception {
        try (Island island = new Island(transfer, dir);
                var context = new DefaultCamelContext()) {
            island.put("a.csv", "new");
            Files.writeString(island.root.resolve("archive/b.csv"), "old");
            context.start();
            try (Folder folder = open(transfer, catalog(island.environment()), context)) {
                assertThat(folder.exists("/archive")).isTrue();
                assertThat(folder.exists("/archive/b.csv")).isTrue();
                assertThat(folder.exists("/archive/c.csv")).isFalse();
                assertThat(folder.list("/archive"))
                        .extracting(Folder.Entry::name)
                        .containsExactly("b.csv");
                assertThatThrownBy(() -> folder.rename("/out/a.csv", "/archive/b.csv"))
                        .isInstanceOf(SourceAway.class);
                folder.rename("/out/a.csv", "/deeper/2026/a.csv");
                folder.delete("/out/a.csv.done");
            }
            assertThat(island.root.resolve("archive/b.csv")).hasContent("old");
            assertThat(island.root.resolve("deeper/2026/a.csv")).hasContent("new");
            assertThat(island.names("out")).isEmpty();
        }
    }

    @Test
    void aPathWithALineEndBecomesNoSecondCommand() throws Exception {
        try (Island island = new Island("ftp", dir);
                var context = new DefaultCamelContext()) {
            island.put("a.csv", "kept");
            context.start();
            try (Folder folder = open("ftp", catalog(island.environment()), context)) {
                assertThatThrownBy(() -> folder.fetch("/out", "x\r\nDELE /out/a.csv", dir))
                        .isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> folder.delete("/out/x\nDELE /out/a.csv"))
                        .isInstanceOf(IllegalArgumentException.class);
            }
            assertThat(island.root.resolve("out/a.csv")).hasContent("kept");
        }
    }

    @Test
    void refusesAServerThatShowsAnotherCertificateAndSaysWhich() throws Exception {
        try (Island island = new Island("ftps", dir.resolve("one"));
                Island other = new Island("ftps", dir.resolve("other"))) {
            Map<String, String> environment = new HashMap<>(island.environment());
            environment.putAll(other.server.identity());
            try (TestHub wary = TestHub.of(environment)) {
                PullReport report = wary.pulls.run("metering", "reading", 1);

                assertThat(report.failure().reason()).isEqualTo(Reason.SOURCE_IDENTITY);
                assertThat(report.failure().text())
                        .contains(island.environment().get("METERING_CERTIFICATE"))
                        .doesNotContain(island.server.password());
                assertThat(report.attempts()).isEqualTo(1);
            }
        }
    }

    @Test
    void takesThePinInEveryUsualForm() throws Exception {
        try (Island island = new Island("ftps", dir)) {
            String hex = island.environment().get("METERING_CERTIFICATE").replace("sha256:", "");
            String openssl = "SHA256=" + hex.toUpperCase(java.util.Locale.ROOT).replaceAll("(..)(?!$)", "$1:");
            for (String pin : List.of(hex, openssl)) {
                Map<String, String> environment = new HashMap<>(island.environment());
                environment.put("METERING_CERTIFICATE", pin);
                try (TestHub hub = TestHub.of(environment)) {
                    assertThat(hub.pulls.run("metering", "reading", 1).failure())
                            .isNull();
                }
            }
        }
    }

    @Test
    void healthIsLoudAboutPlainFtpOnly() throws Exception {
        try (Island plain = new Island("ftp", dir.resolve("plain"));
                Island secured = new Island("ftps", dir.resolve("secured"))) {
            Health loud = new ClearTextHealth(TestHub.editions(catalog(plain.environment())), new StandardEnvironment())
                    .health();
            Health quiet = new ClearTextHealth(
                            TestHub.editions(catalog(secured.environment())), new StandardEnvironment())
                    .health();

            assertThat(loud.getStatus().getCode()).isEqualTo("INSECURE");
            assertThat(loud.getDetails().get("metering")).asString().contains("clear text");
            assertThat(quiet.getStatus().getCode()).isEqualTo("UP");
        }
    }

    private static Catalog catalog(Map<String, String> environment) throws Exception {
        return CatalogReader.read(Routes.with("metering", "", ""), Path.of("config"), environment::get);
    }

    private Folder open(String transfer, Catalog catalog, DefaultCamelContext context) {
        var system = catalog.system("metering");
        return switch (transfer) {
            case "sftp" -> SftpFolder.open(system.connection(), dir, context);
            case "ftps" -> FtpFolder.secured(system, dir, context);
            default -> FtpFolder.clear(system, dir, context);
        };
    }
}
