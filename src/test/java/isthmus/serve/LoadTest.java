package isthmus.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import isthmus.store.Cargo;
import isthmus.store.Store;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** More questions than can be answered: some are, the others hear so at once, and records go on coming ashore. */
@NullUnmarked
class LoadTest {
    private static final int AT_ONCE = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Store store = Store.fresh();
    private final ExecutorService crowd = Executors.newCachedThreadPool();
    private Service service;

    @AfterEach
    void stop() {
        crowd.shutdownNow();
        service.close();
    }

    @Test
    void tenTimesAsManyClientsAsPlacesAreAllAnsweredAndAfterwardsAllIsWell() throws Exception {
        // given a bill that nobody can read now, since somebody holds its table
        service = Service.over(store, Map.of("isthmus.serve.atonce", AT_ONCE), Map.of());
        String bill = bill();
        List<Future<HttpResponse<String>>> answers = new ArrayList<>();
        try (Connection holder = store.source.getConnection()) {
            hold(holder, "record_bill");

            // when ten times as many ask for it as there are places, until all places are taken
            for (int i = 0; i < 10 * AT_ONCE; i++) {
                answers.add(crowd.submit(() -> service.get(bill)));
            }
            await().atMost(PATIENCE)
                    .until(() -> answers.stream().filter(Future::isDone).count() == 9 * AT_ONCE);

            // then the others were turned away, each with when to come again, and health was let in
            for (Future<HttpResponse<String>> answer : answers) {
                if (answer.isDone()) {
                    assertThat(answer.get().statusCode()).isEqualTo(503);
                    assertThat(answer.get().body()).contains("API-BUSY");
                    assertThat(answer.get().headers().firstValue("Retry-After")).isPresent();
                }
            }
            assertThat(service.get("/actuator/health").statusCode())
                    .as("there is none here, and nobody keeps one from asking")
                    .isEqualTo(404);
            holder.rollback();
        }

        // and those that had a place are answered, and so is everybody from now on
        for (Future<HttpResponse<String>> answer : answers) {
            assertThat(answer.get().statusCode()).isIn(200, 503);
        }
        assertThat(answers.stream().filter(answer -> status(answer) == 200)).hasSize(AT_ONCE);
        for (int i = 0; i < 3 * AT_ONCE; i++) {
            assertThat(service.get(bill).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void chunksAreCommittedWhileTheServiceIsSaturated() throws Exception {
        // given a service whose every place is taken, and a crowd at its door
        service = Service.over(store, Map.of("isthmus.serve.atonce", AT_ONCE), Map.of());
        String bill = bill();
        AtomicBoolean enough = new AtomicBoolean();
        List<Future<Integer>> asking = new ArrayList<>();
        try (Connection holder = store.source.getConnection()) {
            hold(holder, "record_bill");
            for (int i = 0; i < 10 * AT_ONCE; i++) {
                asking.add(crowd.submit(() -> {
                    int strange = 0;
                    while (!enough.get()) {
                        int status = service.get(bill).statusCode();
                        strange += status == 200 || status == 429 || status == 503 ? 0 : 1;
                    }
                    return strange;
                }));
            }
            await().atMost(PATIENCE).until(() -> service.get(bill).statusCode() == 503);

            // when records come ashore
            for (int i = 0; i < 50; i++) {
                store.chunks.commit(Cargo.chunk(1, Cargo.account("a" + i, 1)));
            }

            // then all of them are stored, while the door is still crowded
            assertThat(service.get(bill).statusCode()).isEqualTo(503);
            assertThat(store.count("record_account")).isEqualTo(50);
            enough.set(true);
            holder.rollback();
        }
        for (Future<Integer> client : asking) {
            assertThat(client.get())
                    .as("answers that were neither given nor refused")
                    .isZero();
        }
    }

    @Test
    void readsAreServedWhileAWriterCommits() throws Exception {
        service = Service.over(store);
        String bill = bill();
        AtomicBoolean enough = new AtomicBoolean();
        Future<Integer> writer = crowd.submit(() -> {
            int version = 1;
            while (!enough.get()) {
                store.chunks.commit(Cargo.chunk(1, Cargo.bill("310/202610/1", ++version, version + ".00")));
            }
            return version;
        });

        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            statuses.add(service.get(bill).statusCode());
        }
        enough.set(true);

        assertThat(statuses).containsOnly(200);
        assertThat(writer.get()).as("versions committed meanwhile").isGreaterThan(1);
    }

    @Test
    void whoAsksTooOftenHearsWhenToComeAgain() throws Exception {
        service = Service.over(store, Map.of("isthmus.serve.rate", 1, "isthmus.serve.burst", 5), Map.of());
        String bill = bill();
        List<HttpResponse<String>> answers = new ArrayList<>();
        do {
            answers.add(service.get(bill));
        } while (answers.get(answers.size() - 1).statusCode() == 200 && answers.size() < 1_000);

        HttpResponse<String> last = answers.get(answers.size() - 1);
        assertThat(answers).hasSizeGreaterThan(5);
        assertThat(last.statusCode()).isEqualTo(429);
        assertThat(last.body()).contains("API-RATE");
        assertThat(last.headers().firstValue("Retry-After"))
                .hasValueSatisfying(seconds -> assertThat(seconds).matches("[12]"));
        await().atMost(PATIENCE).until(() -> service.get(bill).statusCode() == 200);
    }

    @Test
    void theTableOfClientsIsBoundedAndOneDoesNotSpendWhatIsAnothers() {
        service = Service.over(store);
        Clients clients = new Clients(3, 1, 2);

        assertThat(clients.ask("a").isConsumed()).isTrue();
        assertThat(clients.ask("a").isConsumed()).isTrue();
        assertThat(clients.ask("a").isConsumed()).isFalse();
        assertThat(clients.ask("b").isConsumed()).isTrue();
        for (int i = 0; i < 100; i++) {
            clients.ask("client " + i);
        }

        assertThat(clients.known()).isEqualTo(3);
    }

    private String bill() {
        store.chunks.commit(Cargo.chunk(1, Cargo.bill("310/202610/1", 1, "12.00")));
        return "/api/v1/bill/" + Service.encoded(Cargo.urn("bill", "310/202610/1"));
    }

    private static void hold(Connection holder, String table) throws Exception {
        holder.setAutoCommit(false);
        try (var statement = holder.createStatement()) {
            statement.execute("lock table " + table + " in access exclusive mode");
        }
    }

    private static int status(Future<HttpResponse<String>> answer) {
        try {
            return answer.get().statusCode();
        } catch (Exception fault) {
            throw new AssertionError(fault);
        }
    }
}
