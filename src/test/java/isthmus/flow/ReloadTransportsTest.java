package isthmus.flow;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.audit.Audit.By;
import isthmus.flow.Reload.Answer;
import isthmus.flow.Reload.Outcome;
import isthmus.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reload means for what is not a database. */
class ReloadTransportsTest {
    private static final String NAME = "READ_20261101_D1.csv";

    private final Store store = Store.fresh();

    @TempDir
    Path dir;

    @Test
    void aFileUnderWayBreaksOffBetweenTwoChunksAndGoesOnFromThere() throws Exception {
        Path routes = Routes.with("metering", "      header: H,日冻结示数", "      chunk: 20\n      header: H,日冻结示数");
        try (Island island = new Island("sftp", dir);
                StoredHub hub = new StoredHub(routes, island.environment(), store)) {
            island.put(
                    NAME,
                    Sftp.readings(IntStream.range(0, 100)
                            .mapToObj(i -> Sftp.reading("49%03d".formatted(i), "10.50"))
                            .toArray(String[]::new)));
            edit(routes.resolve("metering/registerreading.mapping.yaml"), "version: 1", "version: 2");
            CompletableFuture<Answer> reload = hub.reloadAfterNextChunk("metering");

            StoredHub.Ended ended = hub.pull("metering", "reading");

            assertThat(reload.join().outcome()).as("%s", reload.join()).isEqualTo(Outcome.SWAPPED);
            assertThat(ended.isWhole()).as("%s", ended).isTrue();
            assertThat(ended.attempts()).isEqualTo(1);
            assertThat(store.count("record")).isEqualTo(100);
            assertThat(store.count("change")).isEqualTo(100);
            assertThat(store.sql
                            .sql("select mapping, count(*) from record group by mapping order by mapping")
                            .query((row, n) -> row.getString(1) + " " + row.getLong(2))
                            .list())
                    .containsExactly("metering-registerreading@1 20", "metering-registerreading@2 80");
            assertThat(island.names("archive")).singleElement().asString().endsWith(NAME);
        }
    }

    @Test
    void aServiceIsAskedAtItsNewAddress() throws Exception {
        try (Soap former = new Soap();
                Soap next = new Soap()) {
            Path routes = Routes.with("crm", "nothing", "nothing");
            try (StoredHub hub = new StoredHub(routes, former.environment(), store)) {
                assertThat(hub.pull("crm", "customer").isWhole()).isTrue();
                assertThat(former.requests).hasSize(1);

                edit(
                        routes.resolve("crm/system.yaml"),
                        "\"${CRM_URL}\"",
                        next.environment().getOrDefault("CRM_URL", ""));
                assertThat(hub.reload.of("crm", new By("ab12", "mended")).outcome())
                        .isEqualTo(Outcome.SWAPPED);

                assertThat(hub.pull("crm", "customer").isWhole()).isTrue();
                assertThat(former.requests).hasSize(1);
                assertThat(next.requests).hasSize(1);
            }
        }
    }

    private static void edit(Path file, String text, String replacement) throws IOException {
        String before = Files.readString(file);
        assertThat(before).contains(text);
        Files.writeString(file, before.replace(text, replacement));
    }
}
