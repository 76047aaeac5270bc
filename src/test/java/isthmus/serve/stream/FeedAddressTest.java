package isthmus.serve.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import isthmus.model.Fact;
import isthmus.serve.Service;
import isthmus.store.Cargo;
import isthmus.store.Store;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.RowCallbackHandler;

/** The feed as JSON Lines, from a real service by a real client. */
class FeedAddressTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> ENTITIES = List.of("bill", "account");

    private final Store store = Store.fresh();

    @Test
    void aClientRebuildsTheStoreFromTheFeedAloneThroughARestart() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Map<String, String> positions = new HashMap<>();
        Map<String, String> rebuilt = new TreeMap<>();
        write(random, 20);

        // given a client in the middle of the state of each entity
        try (Service service = Service.over(store)) {
            for (String entity : ENTITIES) {
                positions.put(entity, read(service, entity, "?from=beginning&limit=7", rebuilt, 1));
            }
        }
        write(random, 20);

        // when another service goes on from its positions while more is written
        try (Service service = Service.over(store)) {
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> write(random, 20));
            for (String entity : ENTITIES) {
                positions.put(
                        entity, read(service, entity, "?limit=13&after=" + positions.get(entity), rebuilt, 1_000));
            }
            writing.join();
            for (String entity : ENTITIES) {
                read(service, entity, "?limit=13&after=" + positions.get(entity), rebuilt, 1_000);
            }
        }

        // then it has what the store has
        Map<String, String> stored = new TreeMap<>();
        store.sql.sql("select id, contenthash from record where not deleted").query((RowCallbackHandler)
                row -> stored.put(row.getString(1), row.getString(2)));
        assertThat(rebuilt).hasSizeGreaterThan(20).isEqualTo(stored);
    }

    @Test
    void everyLineSaysWhereToGoOnAndTheLastOneWhetherThereIsMore() throws Exception {
        store.chunks.commit(Cargo.chunk(1, Cargo.bill("a", 1, "1.00"), Cargo.bill("b", 1, "1.00")));
        store.chunks.commit(Cargo.chunk(1, Cargo.account("a", 1)));
        try (Service service = Service.over(store)) {
            HttpResponse<String> answer = service.get("/feed/v1/bill?after=0&limit=1000000");

            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
            List<JsonNode> lines = lines(answer);
            assertThat(lines).extracting(line -> line.path("position").asText()).containsExactly("1-0", "1-1", "2");
            assertThat(lines.get(2)).hasToString("{\"position\":\"2\",\"more\":false,\"limit\":100000}");
            assertThat(lines(service.get("/feed/v1/bill?after=1-0")))
                    .extracting(line -> line.at("/event/subject").asText())
                    .containsExactly(Cargo.urn("bill", "b"), "");
            assertThat(lines(service.get("/feed/v1/bill?after=0&limit=1")).get(1))
                    .hasToString("{\"position\":\"1-0\",\"more\":true,\"limit\":1}");
            assertThat(service.get("/feed/v1/bill?after=now").body())
                    .isEqualTo("{\"position\":\"2\",\"more\":false,\"limit\":100000}\n");
            assertThat(lines(service.get("/feed/v1/bill?since=2026-01-01T00:00:00+08:00")))
                    .hasSize(3);
            assertThat(lines(service.get("/feed/v1/bill?since=2100-01-01T00:00:00Z")))
                    .hasSize(1);
        }
    }

    @Test
    void whoWaitsIsAnsweredWithTheFirstEventAndNotByAnotherEntity() throws Exception {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (Service service = Service.over(store, Map.of(), Map.of("meters", meters))) {
            var waiting = CompletableFuture.supplyAsync(() -> get(service, "/feed/v1/bill?after=0&wait=PT60S"));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> meters.get("isthmus.feed.streams").gauge().value() == 1);

            store.chunks.commit(Cargo.chunk(1, Cargo.account("a", 1)));
            store.chunks.commit(Cargo.chunk(1, Cargo.bill("a", 1, "1.00")));

            assertThat(waiting.get().get(0).at("/event/subject").asText()).isEqualTo(Cargo.urn("bill", "a"));
            assertThat(get(service, "/feed/v1/bill?after=now&wait=PT0.2S"))
                    .singleElement()
                    .hasToString("{\"position\":\"2\",\"more\":false,\"limit\":100000}");
        }
    }

    @Test
    void aPositionBeforeWhatIsKeptIsGoneAndTheAnswerSaysHowToBeginAgain() throws Exception {
        store.chunks.commit(Cargo.chunk(1, Cargo.bill("a", 1, "1.00")));
        store.sql.sql("delete from change").update();
        store.sql
                .sql("update feed_kept set position = 1, recorded_at = clock_timestamp()")
                .update();
        try (Service service = Service.over(store)) {
            for (String begin : List.of("after=0", "since=2026-01-01T00:00:00Z")) {
                HttpResponse<String> answer = service.get("/feed/v1/bill?" + begin);

                assertThat(answer.statusCode()).isEqualTo(410);
                assertThat(answer.body()).contains("API-GONE").contains("from=beginning");
            }
            assertThat(get(service, "/feed/v1/bill?from=beginning")).hasSize(2);
        }
    }

    @Test
    void whoSaysItsNameIsListedWithWhatLiesBeforeIt() throws Exception {
        store.chunks.commit(Cargo.chunk(1, Cargo.bill("a", 1, "1.00"), Cargo.bill("b", 1, "1.00")));
        try (Service service = Service.over(store)) {
            get(service, "/feed/v1/bill?after=0&limit=1&consumer=portal");

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> !service.json("/api/v1/consumers").path("http").isEmpty());
            JsonNode answer = service.json("/api/v1/consumers");
            assertThat(answer.at("/http/0/consumer").asText()).isEqualTo("portal");
            assertThat(answer.at("/http/0/position").asText()).isEqualTo("1-0");
            assertThat(answer.at("/http/0/events").asLong()).isEqualTo(1);
            assertThat(Instant.parse(answer.at("/http/0/told").asText())).isBefore(Instant.now());
            assertThat(answer.at("/kafka/trouble").asText()).isEqualTo("KAFKA-AWAY");
        }
    }

    private void write(Random random, int chunks) {
        for (int chunk = 0; chunk < chunks; chunk++) {
            List<Fact> facts = new ArrayList<>();
            boolean isBill = random.nextBoolean();
            for (int i = 0; i < 5; i++) {
                String key = "k" + random.nextInt(40);
                int version = 1 + random.nextInt(900);
                facts.add(
                        random.nextInt(8) == 0
                                ? Cargo.deleted(isBill ? "bill" : "account", key, version)
                                : isBill ? Cargo.bill(key, version, version + ".00") : Cargo.account(key, version));
            }
            store.chunks.commit(Cargo.chunk(1, facts));
        }
    }

    /** Follows the feed until there is no more, or for some answers, and returns the last position. */
    private static String read(
            Service service, String entity, String begin, Map<String, String> rebuilt, int answersAtMost)
            throws Exception {
        String question = begin;
        String position = "";
        boolean isMore = true;
        for (int answers = 0; isMore && answers < answersAtMost; answers++) {
            for (JsonNode line : get(service, "/feed/v1/" + entity + question)) {
                position = line.path("position").asText();
                isMore = line.path("more").asBoolean(true);
                JsonNode event = line.path("event");
                String subject = event.path("subject").asText();
                if (event.path("type").asText().endsWith("delete.v1")) {
                    rebuilt.remove(subject);
                } else if (!event.isMissingNode()) {
                    rebuilt.put(subject, event.path("contenthash").asText());
                }
            }
            question = "?limit=13&after=" + position;
        }
        return position;
    }

    private static List<JsonNode> get(Service service, String path) {
        try {
            return lines(service.get(path.replace("+", "%2B")));
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static List<JsonNode> lines(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        List<JsonNode> lines = new ArrayList<>();
        for (String line : answer.body().split("\n")) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }
}
