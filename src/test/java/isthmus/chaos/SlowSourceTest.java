package isthmus.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.flow.Sftp;
import isthmus.flow.StoredHub;
import isthmus.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F6: one system answers at a crawl; another is pulled many times meanwhile. */
class SlowSourceTest {
    @TempDir
    Path root;

    @Test
    void aSystemThatAnswersAtACrawlDoesNotHoldUpAnother() throws Exception {
        Payments payments = Payments.open();
        payments.add(1, 1_000, 2);
        Path routes = Home.lay(root.resolve("home")).resolve("routes");
        try (CutProxy slow = new CutProxy(payments.maria().port());
                Sftp sftp = new Sftp(root.resolve("sftp"))) {
            Map<String, String> environment = new HashMap<>(payments.maria().through(slow.port()));
            environment.putAll(sftp.environment());
            Store store = Store.fresh();
            try (StoredHub hub = new StoredHub(routes, environment, store)) {
                slow.slow(Duration.ofMillis(50), 10_000);
                CompletableFuture<StoredHub.Ended> crawl =
                        CompletableFuture.supplyAsync(() -> hub.pull("billing", "payment"));
                Awaitility.await().until(() -> slow.down.get() > 0);

                for (int day = 1; day <= 5; day++) {
                    sftp.put("READ_2026110" + day + "_D1.csv", Sftp.readings(Sftp.reading("490" + day, "1.00")));
                    assertThat(hub.pull("metering", "reading").isWhole()).isTrue();
                }

                assertThat(crawl).as("the slow system is still being read").isNotDone();
                assertThat(store.count("record where entity = 'registerreading'"))
                        .isEqualTo(5);
                slow.pass();
                assertThat(crawl.get(60, TimeUnit.SECONDS).isWhole()).isTrue();
                assertThat(store.count("record where entity = 'payment'")).isEqualTo(1_000);
            }
        }
        Seeds.tell("F6", 1, "a legacy database at 10 kB/s while five files of another system came in");
    }
}
