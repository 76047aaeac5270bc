package isthmus.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.flow.StoredHub;
import isthmus.store.Store;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * F24: records that cannot be said, among sound ones. Replaying them twice, or after a newer version came (F25), is in
 * QuarantineTest; versions in any order and twice (F26) in AnyOrderTest.
 */
class PoisonTest {
    private static final int ROWS = 200;

    @TempDir
    Path root;

    private final Store store = Store.fresh();
    private Payments payments;
    private StoredHub hub;

    @BeforeEach
    void setUp() throws Exception {
        payments = Payments.open();
        payments.add(1, ROWS, 2);
        Path routes = Home.lay(root.resolve("home")).resolve("routes");
        hub = new StoredHub(routes, payments.maria().environment(), store);
    }

    @AfterEach
    void tearDown() {
        hub.close();
    }

    @ParameterizedTest
    @CsvSource({"first, = 1", "middle, = 100", "last, = 200", "every second, % 2 = 0", "all, > 0"})
    void neighboursPassAndThePoisonIsKeptAsItCame(String where, String which) throws Exception {
        payments.maria().run("update A_RCVED_FLOW set PAY_AMT = '1,234.00' where PAY_ID " + which);
        long poison =
                payments.truth().values().stream().filter("1,234.00"::equals).count();
        assertThat(poison).isPositive();

        StoredHub.Ended ended = hub.pull("billing", "payment");

        assertThat(ended.isWhole()).as("%s: %s", where, ended).isTrue();
        assertThat(store.count("record")).isEqualTo(ROWS - poison);
        assertThat(store.count("change")).isEqualTo(ROWS - poison);
        assertThat(Payments.cursor(store)).isEqualTo("2026-11-01 10:01:40");
        List<String> kept = store.sql
                .sql(
                        "select reason || (field like '%amount')::text || (position('1,234.00' in convert_from(bytes, 'UTF8')) > 0)::text from quarantine")
                .query(String.class)
                .list();
        assertThat(kept).hasSize((int) poison).containsOnly("NUMBER-INVALIDtruetrue");
        Seeds.tell("F24", (int) poison, "records that cannot be said, " + where);
    }

    @Test
    void moreThanTheAllowedShareStopsThePullBeforeItAndTheNextToo() throws Exception {
        Path card = root.resolve("home/routes/billing/system.yaml");
        String text = Files.readString(card);
        Files.writeString(
                card, text.replace("    key: [PAY_ID]", "    key: [PAY_ID]\n    rejects: {most: 20%, from: 100}"));
        payments.maria().run("update A_RCVED_FLOW set PAY_AMT = 'x' where PAY_ID > 80");
        try (StoredHub wary = new StoredHub(
                card.resolve("../..").normalize(), payments.maria().environment(), store)) {
            StoredHub.Ended stopped = wary.pull("billing", "payment");

            System.out.println("F24: " + stopped.reason() + ": " + stopped.text());
            assertThat(stopped.attempts()).isEqualTo(1);
            assertThat(stopped.reason()).isEqualTo("MASS-REJECT");
            assertThat(stopped.text()).isEqualTo("40 of 120 pieces are refused, at most 20% may be");
            assertThat(store.count("record")).isEqualTo(80);
            assertThat(Payments.cursor(store)).isEqualTo("2026-11-01 10:00:40");
            assertThat(keptPoison()).as("what an operator looks at").hasSize(40).allMatch(row -> row.contains("\"x\""));
            assertThat(stopped.balance().problems()).isEmpty();

            StoredHub.Ended again = wary.pull("billing", "payment");
            assertThat(again.reason()).isEqualTo("MASS-REJECT");
            assertThat(Payments.cursor(store)).isEqualTo("2026-11-01 10:00:40");
            assertThat(keptPoison()).as("the same pieces are the same rows").hasSize(40);
            assertThat(store.count("change")).isEqualTo(80);

            payments.maria().run("update A_RCVED_FLOW set PAY_AMT = '5.00' where PAY_ID > 84");
            assertThat(wary.pull("billing", "payment").isWhole()).isTrue();
        }
        assertThat(store.count("record")).isEqualTo(196);
        assertThat(keptPoison()).hasSize(4);
    }

    private List<String> keptPoison() {
        return store.sql
                .sql("select convert_from(bytes, 'UTF8') from quarantine where state = 'open' order by locator")
                .query(String.class)
                .list();
    }

    @Test
    void aPoisonThatIsMendedAtTheSourceComesInAndLeavesTheQuarantine() throws Exception {
        payments.maria().run("update A_RCVED_FLOW set PAY_AMT = 'x' where PAY_ID = 100");
        assertThat(hub.pull("billing", "payment").isWhole()).isTrue();
        assertThat(store.count("quarantine where state = 'open'")).isEqualTo(1);
        byte[] kept = store.sql
                .sql("select bytes from quarantine")
                .query(byte[].class)
                .single();
        assertThat(new String(kept, StandardCharsets.UTF_8)).contains("00000100");

        payments.maria()
                .run(
                        "update A_RCVED_FLOW set PAY_AMT = '5.00', LAST_UPDATED = '2026-11-01 10:05:00' where PAY_ID = 100");
        assertThat(hub.pull("billing", "payment").isWhole()).isTrue();

        payments.assertAllIn(store, ROWS);
        assertThat(store.count("quarantine where state = 'open'")).isZero();
    }
}
