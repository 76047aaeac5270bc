package isthmus.store;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.catalog.Catalog;
import isthmus.catalog.CatalogReader;
import isthmus.catalog.LegacySystem;
import isthmus.model.Chunk;
import isthmus.normalize.Normalizer;
import isthmus.security.Fingerprints;
import isthmus.source.Extraction;
import isthmus.source.FileArrival;
import isthmus.source.Inbox;
import isthmus.source.LocalFolder;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of meter data goes the whole way to the store, with a stop in the middle of it. */
@NullUnmarked
class FormatsToStoreTest {
    private static final int DAYS = 5_003;

    @TempDir
    Path folder;

    private final Store store = Store.fresh();
    private final Catalog catalog = CatalogReader.read(Path.of("examples"), Path.of("config"), name -> "x");
    private final LegacySystem system = catalog.system("nem");
    private final Normalizer normalizer = Normalizer.compile(
            catalog,
            new Fingerprints(Base64.getEncoder().encodeToString("k".repeat(32).getBytes(StandardCharsets.US_ASCII))),
            Clock.systemUTC());

    @Test
    void storesEachDayOnceAlthoughThePullStopsAfterItsFirstChunk() throws Exception {
        Files.createDirectories(folder.resolve("in"));
        write(folder.resolve("in/NEM12_day.csv.gz"));
        Runs runs = new Runs(store.source, store.clock);
        long first = runs.begin("nem", "test");
        try (Inbox inbox = inbox(first)) {
            commit(inbox.arrived().get(0).chunks().next());
        }

        long second = runs.begin("nem", "test");
        AtomicLong again = new AtomicLong();
        try (Inbox inbox = inbox(second)) {
            FileArrival file = inbox.arrived().get(0);
            Iterator<Chunk> rest = file.chunks();
            rest.forEachRemaining(chunk -> {
                again.addAndGet(chunk.read());
                commit(chunk);
            });
            file.archive();
        }

        assertThat(again).hasValue(DAYS - 5_000);
        assertThat(store.count("record where entity = 'intervalblock'")).isEqualTo(DAYS - 1);
        assertThat(store.count("quarantine where reason = 'FIELD-COUNT'")).isEqualTo(1);
        assertThat(runs.end(first).problems()).isEmpty();
        assertThat(runs.end(second).problems()).isEmpty();
        assertThat(store.count("arrival where state = 'done' and lines_done = 2 * " + DAYS + " + 2"))
                .isEqualTo(1);
        assertThat(folder.resolve("archive")).isDirectoryContaining("glob:**-NEM12_day.csv.gz");
    }

    /** One meter a day, and one day cut short. */
    private static void write(Path file) throws Exception {
        String values = String.join(",", Collections.nCopies(48, "0.25"));
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            StringBuilder text = new StringBuilder("100,NEM12,202611230015,MDP,RET\n");
            for (int i = 0; i < DAYS; i++) {
                text.append("200,61")
                        .append(1_000_000 + i * 7_919L % 999_983)
                        .append(",E1,E1,E1,N1,M,kWh,30,\n300,20261122,");
                text.append(i == 17 ? "1,2,A" : values + ",A").append(",,,20261123,\n");
            }
            out.write(text.append("900\n").toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private Inbox inbox(long run) {
        Extraction extraction = new Extraction(
                system, system.pull("interval"), run, OffsetDateTime.now(store.clock.withZone(system.zone())));
        return new Inbox(
                extraction,
                new LocalFolder(folder),
                new StoredArrivals(store.source, store.clock),
                folder.resolve("work" + run),
                store.clock);
    }

    private void commit(Chunk chunk) {
        store.chunks.commit(normalizer.normalize(chunk));
    }
}
