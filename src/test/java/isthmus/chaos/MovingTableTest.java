package isthmus.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.flow.StoredHub;
import isthmus.store.Store;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F11: other sessions write into a legacy table before, between and during the hub's pulls. */
class MovingTableTest {
    @TempDir
    Path root;

    private final Store store = Store.fresh();
    private Payments payments;
    private CutProxy proxy;
    private StoredHub hub;

    @BeforeEach
    void setUp() throws Exception {
        payments = Payments.open();
        proxy = new CutProxy(payments.maria().port());
        Path routes = Home.lay(root.resolve("home")).resolve("routes");
        hub = new StoredHub(routes, payments.maria().through(proxy.port()), store);
    }

    @AfterEach
    void tearDown() throws Exception {
        hub.close();
        proxy.close();
    }

    @Test
    void aRowThatWasWrittenBeforeAndCommittedAfterAPullIsFoundByTheNext() throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch pulled = new CountDownLatch(1);
        CompletableFuture<Void> late = CompletableFuture.runAsync(() -> {
            try (Connection connection = payments.maria().connect();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute(Payments.insert("late", "7.00", "2026-11-01 10:00:00"));
                written.countDown();
                assertThat(pulled.await(30, TimeUnit.SECONDS)).isTrue();
                connection.commit();
            } catch (Exception fault) {
                throw new IllegalStateException(fault);
            }
        });
        assertThat(written.await(30, TimeUnit.SECONDS)).isTrue();
        payments.add("soon", "8.00", "2026-11-01 10:04:00");

        assertThat(hub.pull("billing", "payment").isWhole()).isTrue();
        assertThat(store.count("record")).isEqualTo(1);
        assertThat(Payments.cursor(store)).isEqualTo("2026-11-01 10:04:00");
        pulled.countDown();
        late.get(30, TimeUnit.SECONDS);
        assertThat(hub.pull("billing", "payment").isWhole()).isTrue();

        payments.assertAllIn(store, 2);
        assertThat(Payments.cursor(store)).isEqualTo("2026-11-01 10:04:00");
    }

    @Test
    void rowsOfOneMomentOverManyChunksAreAllFoundWhereverAPullStops() throws Exception {
        Random random = Seeds.of("F11");
        payments.add(1, 400, 1_000);
        for (int stop = 0; stop < 5; stop++) {
            proxy.cutAfter(CutProxy.Way.DOWN, 4_000 + random.nextInt(36_000), CutProxy.End.RST, 1);
            hub.tryOnce("billing", "payment");
        }
        proxy.pass();

        assertThat(hub.pull("billing", "payment").isWhole()).isTrue();

        payments.assertAllIn(store, 400);
        Seeds.tell("F11", 5, "pulls cut among rows of one change time");
    }

    @Test
    void rowsThatAreUpdatedDuringTheScanEndInTheirLastState() throws Exception {
        payments.add(1, 2_000, 2);
        proxy.slow(Duration.ZERO, 400_000);
        CompletableFuture<StoredHub.Ended> scan = CompletableFuture.supplyAsync(() -> hub.pull("billing", "payment"));
        Awaitility.await().until(() -> store.count("record") > 0);
        long seen = store.count("record");
        payments.maria()
                .run(
                        "update A_RCVED_FLOW set PAY_AMT = '1.11', LAST_UPDATED = '2026-11-01 10:30:00'"
                                + " where PAY_ID in ('00000001', '00001000', '00001999')",
                        Payments.insert("during", "2.22", "2026-11-01 10:15:00"));
        assertThat(seen).as("the scan is still under way").isLessThan(2_000);
        proxy.pass();

        assertThat(scan.get(60, TimeUnit.SECONDS).isWhole()).isTrue();
        assertThat(hub.pull("billing", "payment").isWhole()).isTrue();

        payments.assertAllIn(store, 2_004);
    }
}
