package isthmus.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.chaos.CutProxy.End;
import isthmus.chaos.CutProxy.Way;
import isthmus.demo.crm.CrmServer;
import isthmus.demo.server.Berth;
import isthmus.flow.StoredHub;
import isthmus.store.Store;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F4 where the source is a web service: the line is cut somewhere in its pages. */
@Tag("chaos")
class CutPagesTest {
    private static final int CUSTOMERS = 1_200;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final LocalDateTime FIRST = LocalDateTime.parse("2026-11-01T08:00:00");

    @TempDir
    Path root;

    private final Store store = Store.fresh();
    private CrmServer crm;
    private CutProxy proxy;
    private StoredHub hub;

    @BeforeEach
    void setUp() throws Exception {
        Path folder = Files.createDirectories(root.resolve("crm"));
        StringBuilder customers = new StringBuilder();
        for (int i = 0; i < CUSTOMERS; i++) {
            customers.append("""
                    {"customerNo":"C%05d","name":"李婷","customerType":"1","segmentCode":"03","status":"A",\
                    "changeTime":"%s","createDate":"2018-06-01","consNo":"3100012345"}
                    """.formatted(i, TIME.format(FIRST.plusSeconds(i)).replace(' ', 'T')));
        }
        Files.writeString(folder.resolve("customers.jsonl"), customers);
        Files.writeString(folder.resolve("workorders.jsonl"), "");
        Files.writeString(folder.resolve("faults.json"), "{}");
        crm = CrmServer.start(root, "secret", Clock.systemUTC(), Duration.ZERO, Berth.LOCAL);
        URI url = URI.create(crm.url());
        proxy = new CutProxy(url.getPort());
        String through = crm.url().replace(":" + url.getPort() + "/", ":" + proxy.port() + "/");
        hub = new StoredHub(
                Path.of("routes"), Map.of("CRM_URL", through, "CRM_USER", crm.user(), "CRM_PASSWORD", "secret"), store);
    }

    @AfterEach
    void tearDown() throws Exception {
        hub.close();
        proxy.close();
        crm.close();
    }

    @Test
    void pagesThatAreCutAnywhereMoveTheCursorOnlyToWhatIsStored() throws Exception {
        Random random = Seeds.of("F4");
        int rounds = 20;
        assertThat(hub.pull("crm", "customer").isWhole()).isTrue();
        long whole = proxy.down.get();
        for (int round = 0; round < rounds; round++) {
            store.forget();
            End end = random.nextBoolean() ? End.RST : End.FIN;
            long after = random.nextLong(whole * 9 / 10);
            int cuts = proxy.cuts.get();
            proxy.cutAfter(Way.DOWN, after, end, 1);

            StoredHub.Ended cut = hub.tryOnce("crm", "customer");

            String what = "round %d, %s after %d of %d bytes: %s".formatted(round, end, after, whole, cut);
            System.out.println("F4: " + what);
            assertThat(proxy.cuts.get() - cuts).as(what).isEqualTo(1);
            if (!cut.reason().isEmpty()) {
                assertThat(cut.reason()).as(what).isEqualTo("SOURCE-AWAY");
            }
            assertThat(cursor()).as(what).isEqualTo(newestHeld());
            assertThat(refusals()).as(what).isEmpty();

            assertThat(hub.pull("crm", "customer").isWhole()).as(what).isTrue();
            assertThat(store.count("record where entity = 'customer'")).as(what).isEqualTo(CUSTOMERS);
            assertThat(store.count("change where entity = 'customer'")).as(what).isEqualTo(CUSTOMERS);
        }
        Seeds.tell("F4", rounds, "answers of a web service cut after so many bytes");
    }

    private List<String> refusals() {
        return store.sql
                .sql("select locator || ' ' || reason || ' ' || coalesce(field, '') || ' ' || hint from quarantine")
                .query(String.class)
                .list();
    }

    private String cursor() {
        return store.sql
                .sql("select value ->> 'time' from cursor where pull = 'customer'")
                .query(String.class)
                .optional()
                .orElse("");
    }

    private String newestHeld() {
        return store.sql
                .sql("select max(regexp_replace(id, '.*:C', ''))::int from record where entity = 'customer'")
                .query(Integer.class)
                .optional()
                .map(newest -> TIME.format(FIRST.plusSeconds(newest)))
                .orElse("");
    }
}
