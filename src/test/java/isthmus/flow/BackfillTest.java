package isthmus.flow;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.audit.Audit.By;
import isthmus.store.Store;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A span of the past is read again beside a hub that goes on: a hundred payments, one an hour, in chunks of ten. */
@NullUnmarked
class BackfillTest {
    private static final LocalDateTime FIRST = LocalDateTime.of(2026, 11, 1, 0, 0);
    private static final Backfill.Span ALL = span(0, 100);

    @TempDir
    Path routes;

    private final Store store = Store.fresh();
    private Till till;
    private StoredHub hub;

    @BeforeEach
    void fill() throws Exception {
        till = Till.onMaria(routes);
        for (int i = 0; i < 100; i++) {
            till.pay(i, i + ".25", hour(i));
        }
        hub = till.hub(store);
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void appliesExactlyWhatAFreshPullWould() throws Exception {
        Store other = Store.fresh();
        try (StoredHub fresh = till.hub(other)) {
            fresh.pull("till", "payment");
        }

        Backfill.Ended ended = read(ALL);

        assertThat(ended.problem()).isNull();
        assertThat(ended.tallies().get("payment").applied()).isEqualTo(100);
        assertThat(store.bodies()).isNotEmpty().isEqualTo(other.bodies());
        assertThat(store.count("run where trigger = 'backfill' and state = 'green'"))
                .isEqualTo(1);
    }

    @Test
    void readsWhatTheSpanHoldsAndNotItsEnd() throws Exception {
        List<Integer> chunks = new ArrayList<>();

        Backfill.Ended ended = hub.backfill(chunk -> {
                    chunks.add(chunk.chunk().read());
                    store.chunks.commit(chunk);
                })
                .read("till", "payment", span(20, 35), 0, false, new By("ab12", "mended"), (percent, pieces) -> {});

        assertThat(ended.pieces()).isEqualTo(15);
        assertThat(store.audit()).singleElement().asString().startsWith("ab12 backfill.read till payment: ");
        assertThat(store.sql
                        .sql("select min(right(id, 5)) || ' ' || max(right(id, 5)) from record")
                        .query(String.class)
                        .single())
                .isEqualTo("00020 00034");
        assertThat(chunks).as("nothing behind the span is fetched").containsExactly(10, 5);
    }

    @Test
    void readsASpanToItsEndWhenTheQueryKeepsNoOrder() throws Exception {
        hub.close();
        till.ask(till.question().replace("order by p.LAST_UPDATED", "order by p.LAST_UPDATED desc"));
        hub = till.hub(store);

        Backfill.Ended ended = read(span(20, 35));

        assertThat(ended.pieces()).isEqualTo(15);
        assertThat(store.count("record")).isEqualTo(15);
    }

    @Test
    void doublesNothingAndLeavesTheLiveCursorWhereItIs() throws Exception {
        hub.pull("till", "payment");
        String cursor = cursor();
        long told = store.count("change");

        Backfill.Ended again = read(span(10, 60));

        assertThat(again.tallies().get("payment").unchanged()).isEqualTo(50);
        assertThat(store.count("change")).isEqualTo(told);
        assertThat(cursor()).isEqualTo(cursor);

        assertThat(read(span(10, 60)).wasDone()).isTrue();
        Backfill.Ended restarted = hub.backfill(store.chunks::commit)
                .read("till", "payment", span(10, 60), 0, true, new By("ab12", "mended"), (p, n) -> {});
        assertThat(restarted.pieces()).isEqualTo(50);
        assertThat(store.count("change")).isEqualTo(told);
    }

    @Test
    void goesOnWhereItWasStopped() throws Exception {
        List<String> committed = new ArrayList<>();
        Backfill dying = hub.backfill(chunk -> {
            if (committed.size() == 30) {
                throw new IllegalStateException("the plug is pulled");
            }
            store.chunks.commit(chunk);
            chunk.chunk().pieces().forEach(piece -> committed.add(piece.locator()));
        });

        assertThat(dying.read("till", "payment", ALL, 0, false, new By("ab12", "mended"), (p, n) -> {})
                        .problem())
                .startsWith("STORE-AWAY");
        assertThat(store.count("record")).isEqualTo(30);

        List<String> later = new ArrayList<>();
        Backfill.Ended ended = hub.backfill(chunk -> {
                    store.chunks.commit(chunk);
                    chunk.chunk().pieces().forEach(piece -> later.add(piece.locator()));
                })
                .read("till", "payment", ALL, 0, false, new By("ab12", "mended"), (p, n) -> {});

        assertThat(ended.problem()).isNull();
        assertThat(later)
                .as("from the cursor less the overlap")
                .startsWith("00029")
                .hasSize(71);
        assertThat(store.count("record")).isEqualTo(100);
        assertThat(store.count("change")).isEqualTo(100);
    }

    @Test
    void letsOnlyTheLatestCommandGoOnWithASpan() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        Backfill first = hub.backfill(chunk -> {
            if (store.count("record") == 20) {
                stuck.countDown();
                await(free);
            }
            store.chunks.commit(chunk);
        });
        var firstEnded = CompletableFuture.supplyAsync(() -> read(first));
        await(stuck);

        Backfill.Ended second = read(ALL);
        free.countDown();

        assertThat(second.problem()).isNull();
        assertThat(firstEnded.get().problem()).startsWith("FENCED: another command goes on");
        assertThat(store.count("record")).isEqualTo(100);
        assertThat(store.count("change")).isEqualTo(100);
        assertThat(store.count("run where state = 'running'")).isZero();
    }

    @Test
    void neverLetsAnOlderStateWinThatWasReadBeforeTheLiveRouteStoredANewerOne() throws Exception {
        hub.pull("till", "payment");
        Backfill slow = hub.backfill(chunk -> {
            if (chunk.chunk().pieces().get(0).locator().equals("00010")) {
                change("00015", "999.50", "2026-11-20 00:00:00");
                hub.pull("till", "payment");
            }
            store.chunks.commit(chunk);
        });

        Backfill.Ended ended =
                slow.read("till", "payment", span(0, 40), 0, false, new By("ab12", "mended"), (p, n) -> {});

        assertThat(ended.tallies().get("payment").stale()).isEqualTo(1);
        assertThat(store.sql
                        .sql("select body ->> 'amount' from record where id like '%00015'")
                        .query(String.class)
                        .single())
                .isEqualTo("999.50");
    }

    @Test
    void readsOnlyTheKeysThatAreWanted() throws Exception {
        Backfill.Ended ended = read(new Backfill.Span(ALL.from(), ALL.to(), Set.of("00007", "00090")));

        assertThat(ended.pieces()).isEqualTo(2);
        assertThat(store.count("record")).isEqualTo(2);
    }

    @Test
    void stopsAtABrokenContractLikeTheLiveRoute() throws Exception {
        hub.pull("till", "payment");
        till.run("alter table till_payment modify PAY_AMT decimal(6,1)");

        assertThat(read(ALL).problem()).startsWith("CONTRACT-DRIFT: - PAY_AMT decimal(12,3)");
    }

    @Test
    void saysWhatToDoInsteadWhereThereIsNoSpan() throws Exception {
        Backfill backfill = hub.backfill(store.chunks::commit);

        assertThat(backfill.refusal("till", "payment")).isNull();
        assertThat(backfill.refusal("till", "station")).contains("has no cursor", "isthmus run --once --system till");
        try (StoredHub real = new StoredHub(Path.of("routes"), Map.of(), store)) {
            assertThat(real.backfill(store.chunks::commit).refusal("metering", "reading"))
                    .contains("delete from arrival where system = 'metering'");
        }
    }

    private Backfill.Ended read(Backfill.Span span) throws Exception {
        return hub.backfill(store.chunks::commit)
                .read("till", "payment", span, 0, false, new By("ab12", "mended"), (percent, pieces) -> {});
    }

    private static Backfill.Ended read(Backfill backfill) {
        try {
            return backfill.read("till", "payment", ALL, 0, false, new By("ab12", "mended"), (percent, pieces) -> {});
        } catch (Exception fault) {
            throw new IllegalStateException(fault);
        }
    }

    private void change(String id, String amount, String updated) {
        try {
            till.run("update till_payment set PAY_AMT = " + amount + ", LAST_UPDATED = '" + updated
                    + "' where PAY_ID = '" + id + "'");
        } catch (java.sql.SQLException fault) {
            throw new IllegalStateException(fault);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private static Backfill.Span span(int fromHour, int toHour) {
        return new Backfill.Span(FIRST.plusHours(fromHour), FIRST.plusHours(toHour), Set.of());
    }

    private static String hour(int n) {
        return FIRST.plusHours(n).toString().replace('T', ' ') + ":00";
    }

    private String cursor() {
        return store.sql
                .sql("select string_agg(system || pull || value || updated, ' ') from cursor")
                .query(String.class)
                .single();
    }
}
