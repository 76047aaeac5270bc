package isthmus.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import isthmus.feed.FeedPages.Page;
import isthmus.feed.FeedPages.Told;
import isthmus.model.Fact;
import isthmus.model.Op;
import isthmus.security.seal.Opener;
import isthmus.store.Cargo;
import isthmus.store.ChangeLog;
import isthmus.store.ChunkStore;
import isthmus.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.RowCallbackHandler;

/** The state and the changes behind it, told to one reader while others write. */
class JointTest {
    private static final int ROUNDS = 100;
    private static final int WRITERS = 3;
    private static final int CHUNKS_A_WRITER = 4;
    private static final int KEYS = 60;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Store store = Store.fresh();
    private final ChangeLog log = new ChangeLog(store.source);
    private final FeedPages pages = new FeedPages(Opener.NONE);
    private HikariDataSource pool;
    private ChunkStore chunks;
    private Connection reader;

    @BeforeEach
    void connect() throws SQLException {
        pool = new HikariDataSource();
        pool.setDataSource(store.source);
        pool.setMaximumPoolSize(WRITERS + 1);
        chunks = store.chunks(pool);
        reader = store.source.getConnection();
        reader.setAutoCommit(false);
        reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    }

    @AfterEach
    void disconnect() throws SQLException {
        reader.close();
        pool.close();
    }

    @Test
    void whoReadsStateAndChangesAndStopsAnywhereHasTheStoreAndNoEventTwice() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        int fromState = 0;
        int fromChanges = 0;
        for (int round = 0; round < ROUNDS; round++) {
            // given a store with something in it
            Random random = new Random(seed + round);
            forgetRecords();
            write(random.nextLong(), 3);

            // when others write while it is read
            List<CompletableFuture<Void>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                long own = random.nextLong();
                writers.add(CompletableFuture.runAsync(() -> write(own, CHUNKS_A_WRITER)));
            }
            Client client = new Client(read(pages::beginning));
            long joint = client.position.log();
            boolean isOver = false;
            while (!isOver) {
                boolean isQuiet = writers.stream().allMatch(CompletableFuture::isDone);
                Page page = page(client.position, 1 + random.nextInt(12));
                boolean tookAll = client.take(page, random);
                isOver = isQuiet && tookAll && !page.more();
            }

            // then it has what the store has, no event twice, and each change behind the joint
            writers.forEach(CompletableFuture::join);
            String as = "seed " + seed + ", round " + round;
            assertThat(client.ids).as(as).doesNotHaveDuplicates();
            assertThat(client.state).as(as).isEqualTo(stored());
            assertThat(client.changes)
                    .as(as)
                    .containsExactlyElementsOf(events(joint, "account").keySet());
            fromState += client.ids.size() - client.changes.size();
            fromChanges += client.changes.size();
        }
        assertThat(fromState).as("told of the state").isGreaterThan(ROUNDS);
        assertThat(fromChanges).as("told as changes").isGreaterThan(ROUNDS);
    }

    @Test
    void aRecordOfTheStateIsToldWithTheBytesThatKafkaWasTold() throws Exception {
        chunks.commit(Cargo.chunk(7, Cargo.account("电/1", 1), Cargo.account("b", 1)));

        Page page = page(read(pages::beginning), 10);

        assertThat(page.told())
                .hasSize(2)
                .extracting(told -> text(told.event()))
                .containsExactlyInAnyOrderElementsOf(events(0, "account").values());
        assertThat(text(page.told().get(0).event())).contains("\"time\":\"2026-11-02T09:00:03+08:00\"");
    }

    /** A reader that stops behind any line and goes on from what that line said. */
    private static final class Client {
        private final List<String> ids = new ArrayList<>();
        private final List<String> changes = new ArrayList<>();
        private final Map<String, String> state = new TreeMap<>();
        private FeedPosition position;

        Client(FeedPosition from) {
            position = from;
        }

        /** False when it stopped before the page's end. */
        boolean take(Page page, Random random) throws IOException {
            int size = page.told().size();
            int lines = random.nextInt(4) > 0 ? size : random.nextInt(size + 1);
            for (Told line : page.told().subList(0, lines)) {
                JsonNode event = JSON.readTree(line.event());
                String id = event.path("id").asText();
                String subject = event.path("subject").asText();
                ids.add(id);
                if (!line.position().isInState()) {
                    changes.add(id);
                }
                if (event.path("type").asText().contains(".delete.")) {
                    state.remove(subject);
                } else {
                    state.put(subject, event.path("contenthash").asText());
                }
                goOn(line.position());
            }
            if (lines == size) {
                goOn(page.next());
            }
            return lines == size;
        }

        private void goOn(FeedPosition from) {
            position = FeedPosition.of("account", from.toString()).orElseThrow();
        }
    }

    /** One moment, as every page of the service. */
    private <T> T read(Reading<T> reading) throws SQLException {
        try {
            return reading.of(reader);
        } finally {
            reader.rollback();
        }
    }

    private interface Reading<T> {
        T of(Connection connection) throws SQLException;
    }

    private Page page(FeedPosition from, int limit) throws SQLException {
        return read(connection -> pages.page(connection, "account", from, limit));
    }

    /** The log goes on from round to round, as it does. */
    private void forgetRecords() {
        store.sql.sql("delete from record").update();
        store.sql.sql("delete from record_history").update();
    }

    /** New, changed, unchanged, late and deleted records, in chunks that also tell of another entity. */
    private void write(long seed, int many) {
        Random random = new Random(seed);
        for (int chunk = 0; chunk < many; chunk++) {
            List<Fact> facts = new ArrayList<>();
            int size = 1 + random.nextInt(20);
            for (int i = 0; i < size; i++) {
                String key = "k" + random.nextInt(KEYS);
                int version = 1 + random.nextInt(900);
                facts.add(random.nextInt(6) == 0 ? Cargo.deleted("account", key, version) : account(key, version));
            }
            chunks.commit(Cargo.chunk(1, facts));
            if (random.nextBoolean()) {
                chunks.commit(Cargo.chunk(1, Cargo.bill("b" + random.nextInt(KEYS), 1, "1.00")));
            }
        }
    }

    /** Of few different contents, so that newer versions often say nothing new. */
    private static Fact account(String key, int version) {
        String id = Cargo.urn("account", key);
        String body = "{\"id\":\"" + id + "\",\"v\":" + version % 3 + "}";
        return Cargo.fact("account", id, Op.UPSERT, version, body, null, List.of());
    }

    private Map<String, String> stored() {
        Map<String, String> stored = new TreeMap<>();
        store.sql
                .sql("select id, contenthash from record where entity = 'account' and not deleted")
                .query((RowCallbackHandler) row -> stored.put(row.getString(1), row.getString(2)));
        return stored;
    }

    /** What Kafka is told behind a position, by event id and in order. */
    private Map<String, String> events(long position, String entity) {
        Map<String, String> events = new LinkedHashMap<>();
        Envelope envelope = new Envelope();
        log.after(position, 10_000)
                .forEach(entry -> entry.changes().stream()
                        .filter(change -> change.entity().equals(entity))
                        .forEach(change -> events.put(envelope.id(change), text(envelope.write(entry, change)))));
        return events;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
