package isthmus.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.chaos.CutProxy.End;
import isthmus.chaos.CutProxy.Way;
import isthmus.flow.StoredHub;
import isthmus.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F4, F5 and F16: the line to a legacy database is cut, goes dead, or its queries fail. */
class CutDatabaseTest {
    /** What a new connection and the description of a query need before the first row. */
    private static final long OF_THE_LOOK = 6_000;

    private static final int ROWS = 1_000;

    @TempDir
    Path root;

    private Payments payments;
    private CutProxy proxy;
    private Path routes;

    @BeforeEach
    void setUp() throws Exception {
        payments = Payments.open();
        proxy = new CutProxy(payments.maria().port());
        routes = Home.lay(root.resolve("home")).resolve("routes");
    }

    @AfterEach
    void tearDown() throws Exception {
        proxy.close();
    }

    @Test
    @Tag("chaos")
    void aResultThatIsCutAnywhereMovesTheCursorOnlyToWhatIsStored() throws Exception {
        cutResults(25);
    }

    @Test
    @Tag("chaos-sample")
    void aFewResultsThatAreCutMoveTheCursorOnlyToWhatIsStored() throws Exception {
        cutResults(3);
    }

    private void cutResults(int rounds) throws Exception {
        Random random = Seeds.of("F4");
        payments.add(1, ROWS, 2);
        Store store = Store.fresh();
        try (StoredHub hub = hub(store)) {
            long whole = bytesOfAWholePull(hub);
            for (int round = 0; round < rounds; round++) {
                store.forget();
                End end = random.nextBoolean() ? End.RST : End.FIN;
                long after = random.nextLong(whole);
                int cuts = proxy.cuts.get();
                proxy.cutAfter(Way.DOWN, after, end, 1);

                StoredHub.Ended cut = hub.tryOnce("billing", "payment");

                String what = "round %d, %s after %d of %d bytes: %s".formatted(round, end, after, whole, cut);
                assertThat(proxy.cuts.get() - cuts).as(what).isEqualTo(1);
                // So early it is the look at the columns that is cut, which a pull can do without: it asks again for
                // itself.
                assertThat(cut.reason()).as(what).isIn("SOURCE-AWAY", after < OF_THE_LOOK ? "" : "SOURCE-AWAY");
                assertThat(Payments.cursor(store)).as(what).isEqualTo(payments.newestHeld(store));
                assertThat(hub.connections("billing").get(0)).as(what).isZero();

                assertThat(hub.pull("billing", "payment").isWhole()).as(what).isTrue();
                payments.assertAllIn(store, ROWS);
                System.out.println("F4: " + what + ", " + store.count("chunk") + " chunks in the end");
            }
        }
        Seeds.tell("F4", rounds, "results of a legacy database cut after so many bytes");
    }

    private long bytesOfAWholePull(StoredHub hub) {
        assertThat(hub.pull("billing", "payment").isWhole()).isTrue();
        long before = proxy.down.get();
        hub.store.forget();
        assertThat(hub.pull("billing", "payment").isWhole()).isTrue();
        return proxy.down.get() - before;
    }

    @Test
    void aLineThatGoesDeadIsGivenUpAtTheReadTimeoutAndThePoolStaysSmall() throws Exception {
        payments.add(1, ROWS, 2);
        impatient();
        Store store = Store.fresh();
        try (StoredHub hub = hub(store)) {
            for (int i = 0; i < 3; i++) {
                proxy.pass();
                assertThat(hub.pull("billing", "payment").isWhole()).isTrue();
                proxy.swallow();
                for (String line : List.of("one that was open", "a fresh one")) {
                    StoredHub.Ended dead = hub.tryOnce("billing", "payment");
                    System.out.println("F5: " + line + ": " + dead.reason() + ": " + dead.text());
                    assertThat(dead.reason()).isEqualTo("SOURCE-AWAY");
                    assertThat(hub.connections("billing").get(0)).isZero();
                    assertThat(hub.connections("billing").get(1)).isLessThanOrEqualTo(4);
                }
            }
            proxy.pass();
            assertThat(hub.pull("billing", "payment").isWhole()).isTrue();
            payments.assertAllIn(store, ROWS);
        }
        Seeds.tell("F5", 6, "lines to a legacy database that went dead without a word");
    }

    @Test
    @Tag("chaos")
    void aQueryThatFailsAThousandTimesLeavesNoConnection() throws Exception {
        payments.maria().run("alter table A_RCVED_FLOW drop column TENDER");
        try (StoredHub hub = hub(Store.fresh())) {
            for (int i = 0; i < 1_000; i++) {
                StoredHub.Ended failed = hub.tryOnce("billing", "payment");
                assertThat(failed.reason()).isEqualTo("CONFIG");
                if (i == 0) {
                    System.out.println("F16: " + failed.reason() + ": " + failed.text());
                }
            }

            assertThat(hub.connections("billing").get(0)).isZero();
            assertThat(hub.connections("billing").get(1)).isLessThanOrEqualTo(4);
        }
        assertThat(proxy.accepted.get()).isLessThanOrEqualTo(4);
        Seeds.tell("F16", 1_000, "queries that a legacy database refuses");
    }

    private StoredHub hub(Store store) throws Exception {
        return new StoredHub(routes, payments.maria().through(proxy.port()), store);
    }

    private void impatient() throws Exception {
        Path card = routes.resolve("billing/system.yaml");
        String password = "  password: \"${BILLING_PASSWORD}\"\n";
        String text = Files.readString(card);
        assertThat(text).contains(password);
        Files.writeString(card, text.replace(password, password + "  connectTimeout: PT1S\n  readTimeout: PT1S\n"));
    }
}
