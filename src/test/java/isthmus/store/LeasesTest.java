package isthmus.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import isthmus.model.Position;
import isthmus.model.Reason;
import isthmus.security.seal.Sealer;
import isthmus.source.Arrivals;
import isthmus.source.Arrivals.Arrival;
import isthmus.store.Leases.Fenced;
import isthmus.store.Leases.Lease;
import isthmus.store.Leases.Standing;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeasesTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    private final Store store = Store.fresh();
    private final Runs runs = new Runs(store.source, store.clock);
    private final ChunkStore chunks =
            new ChunkStore(store.source, store.clock, Sealer.NONE, Counts.NOWHERE, Fence::check);
    private final List<Leases> hubs = new ArrayList<>();

    @AfterEach
    void endHubs() {
        hubs.forEach(Leases::close);
    }

    @Test
    void ofManyHubsThatStartAtOnceOneHolds() throws Exception {
        List<Leases> racing =
                IntStream.range(0, 8).mapToObj(n -> hub("hub-" + n, LONG)).toList();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<Optional<Lease>>> takes = racing.stream()
                .map(hub -> (Callable<Optional<Lease>>) () -> hub.hold("billing"))
                .toList();

        long holders = 0;
        for (Future<Optional<Lease>> take : threads.invokeAll(takes)) {
            holders += take.get().isPresent() ? 1 : 0;
        }
        threads.shutdown();

        assertThat(holders).isEqualTo(1);
        assertThat(racing.get(0).all())
                .singleElement()
                .extracting(Standing::epoch)
                .isEqualTo(1L);
    }

    @Test
    void aHubThatSleptWritesNothingMore() {
        // given a hub that pulls and then freezes, and another that takes over
        Leases sleeper = hub("sleeper", LONG);
        long old = runs.begin(sleeper.hold("billing").orElseThrow(), "schedule");
        chunks.commit(Cargo.chunk(old, "bill", List.of(Cargo.accepted(Cargo.bill("a", 1, "1.00"))), null, at(1)));
        Leases successor = hub("successor", LONG);
        assertThat(successor.hold("billing")).isEmpty();
        expire("billing");
        long next = runs.begin(successor.hold("billing").orElseThrow(), "schedule");

        // when it wakes up in the middle of its run
        String before = store.bodies() + cursor();
        assertThatThrownBy(() -> chunks.commit(
                        Cargo.chunk(old, "bill", List.of(Cargo.accepted(Cargo.bill("b", 1, "2.00"))), null, at(9))))
                .isInstanceOf(Fenced.class);

        // then nothing is written, its run is over, and the other goes on where the last chunk was committed
        assertThat(store.bodies() + cursor()).isEqualTo(before);
        assertThat(cursor()).isEqualTo("{\"t\":1}");
        assertThat(state(old)).isEqualTo("failed");
        chunks.commit(Cargo.chunk(next, "bill", List.of(Cargo.accepted(Cargo.bill("b", 1, "2.00"))), null, at(2)));
        assertThat(cursor()).isEqualTo("{\"t\":2}");
        assertThat(store.count("change")).isEqualTo(2);
    }

    @Test
    void aHubFrozenInsideATransactionHoldsNobodyUp() throws SQLException {
        // given a hub whose transaction holds the locks of a chunk, and that sleeps in it
        Leases sleeper = hub("sleeper", LONG);
        long run = runs.begin(sleeper.hold("billing").orElseThrow(), "schedule");
        try (Connection frozen = DriverManager.getConnection(sessionOf("sleeper"))) {
            frozen.setAutoCommit(false);
            Fence.check(frozen, run);
            Transaction.single(frozen, "billing", List.of("bill"));
            expire("billing");

            // when another takes over, it writes at once
            Leases successor = hub("successor", LONG);
            long next = runs.begin(successor.hold("billing").orElseThrow(), "schedule");
            chunks.commit(Cargo.chunk(next, Cargo.bill("a", 1, "1.00")));

            // and the frozen transaction is gone
            assertThatThrownBy(frozen::commit).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void aHubThatLivesKeepsItsLeaseBeyondItsTerm() {
        Leases living = hub("living", Duration.ofMillis(300));
        living.hold("billing");
        Leases other = hub("other", LONG);
        var taken = store.sql
                .sql("select expires from lease")
                .query(java.time.OffsetDateTime.class)
                .single();

        await().atMost(Duration.ofSeconds(20))
                .until(() -> store.sql
                        .sql("select expires > ? from lease")
                        .param(taken.plusSeconds(1))
                        .query(Boolean.class)
                        .single());

        assertThat(living.holds("billing")).isTrue();
        assertThat(other.hold("billing")).isEmpty();
    }

    @Test
    void aHubThatEndsInOrderLetsTheNextGoOnAtOnceWithAHigherEpoch() {
        Leases first = hub("first", LONG);
        assertThat(first.hold("billing").orElseThrow().epoch()).isEqualTo(1);
        first.close();

        assertThat(hub("second", LONG).hold("billing").orElseThrow().epoch()).isEqualTo(2);
    }

    @Test
    void aHubSeesThatItHasLostItsLease() {
        Leases sleeper = hub("sleeper", Duration.ofMillis(300));
        sleeper.hold("billing");

        store.sql.sql("update lease set epoch = 7, holder = 'another'").update();

        await().atMost(Duration.ofSeconds(20)).until(() -> !sleeper.holds("billing"));
    }

    @Test
    void aRunWithoutALeaseMayWriteWhileItIsOpen() {
        long replay = runs.begin("billing", "replay");

        chunks.commit(Cargo.chunk(replay, Cargo.bill("a", 1, "1.00")));
        runs.end(replay);

        assertThatThrownBy(() -> chunks.commit(Cargo.chunk(replay, Cargo.bill("b", 1, "1.00"))))
                .isInstanceOf(Fenced.class)
                .hasMessage("run %d writes no more: it has ended", replay);
    }

    @Test
    void aHubThatSleptBeginsEndsAndFilesNothing() {
        // given a hub that froze between two chunks of a file
        Leases sleeper = hub("sleeper", LONG);
        Lease lease = sleeper.hold("billing").orElseThrow();
        long old = runs.begin(lease, "schedule");
        Arrivals arrivals = new StoredArrivals(store.source, store.clock);
        Arrival file = new Arrival("billing", "bill", "one.csv", "ab12", 10, Cargo.TIME);
        Arrival other = new Arrival("billing", "bill", "two.csv", "cd34", 10, Cargo.TIME);
        arrivals.claim(file, old);
        expire("billing");
        long next = runs.begin(hub("successor", LONG).hold("billing").orElseThrow(), "schedule");
        String before = ledger();

        // when it wakes up, whatever it does next
        List<ThrowingCallable> deeds = List.of(
                () -> runs.begin(lease, "schedule"),
                () -> runs.beginBeside(lease),
                () -> runs.end(old),
                () -> arrivals.claim(other, old),
                () -> arrivals.finished(file, old, "put-away.csv"),
                () -> arrivals.refused(other, old, Reason.FILE_EMPTY, null));

        // then it is refused and nothing is written, neither of its own run nor of its successor's
        assertThat(deeds).allSatisfy(deed -> assertThatThrownBy(deed).isInstanceOf(Fenced.class));
        assertThat(ledger()).isEqualTo(before);
        assertThat(sleeper.confirm("billing")).isFalse();
        arrivals.finished(file, next, "put-away.csv");
        assertThat(runs.end(next).green()).isTrue();
    }

    @Test
    void aLeaseThatWasGivenBackIsTakenWithoutEndingTheSessionsOfItsFormerHub() throws SQLException {
        Leases first = hub("first", LONG);
        first.hold("billing");
        try (Connection alive = DriverManager.getConnection(sessionOf("first"))) {
            first.release("billing");

            assertThat(hub("second", LONG).hold("billing")).isPresent();

            assertThat(alive.isValid(5)).isTrue();
        }
    }

    @Test
    void aCursorMovedByHandEndsThePullThatIsUnderWaySoThatItStaysWhereItWasPut() {
        long run = runs.begin(hub("living", LONG).hold("billing").orElseThrow(), "schedule");
        chunks.commit(Cargo.chunk(run, "bill", List.of(Cargo.accepted(Cargo.bill("a", 1, "1.00"))), null, at(5)));

        new Cursors(store.source, store.clock).rewind("billing", "bill", "{\"t\":1}", "late commits", "wang");

        assertThatThrownBy(() -> chunks.commit(
                        Cargo.chunk(run, "bill", List.of(Cargo.accepted(Cargo.bill("b", 1, "1.00"))), null, at(6))))
                .isInstanceOf(Fenced.class)
                .hasMessageEndingWith("the cursor of bill was moved by wang");
        assertThat(cursor()).isEqualTo("{\"t\":1}");
    }

    @Test
    void keysAreComparedBesideAPullAndNeitherEndsTheOther() {
        Lease lease = hub("living", LONG).hold("billing").orElseThrow();
        long keys = runs.beginBeside(lease);
        long pull = runs.begin(lease, "schedule");

        chunks.commit(Cargo.chunk(keys, Cargo.bill("a", 1, "1.00")));
        chunks.commit(Cargo.chunk(pull, Cargo.bill("b", 1, "1.00")));

        assertThat(runs.end(keys).green()).isTrue();
        assertThat(runs.end(pull).green()).isTrue();
    }

    private String sessionOf(String hub) {
        return store.url() + "&ApplicationName="
                + StoreBeans.applicationName(hub).replace(" ", "%20");
    }

    /** What runs and files say. */
    private String ledger() {
        return store.sql
                .sql("select (select string_agg(run::text, E'\\n' order by run) from run)"
                        + " || (select string_agg(arrival::text, E'\\n' order by name) from arrival)")
                .query(String.class)
                .single();
    }

    private Leases hub(String name, Duration term) {
        Leases hub = new Leases(store.source, name, term);
        hubs.add(hub);
        return hub;
    }

    /** As if a whole term had passed without a renewal. */
    private void expire(String name) {
        store.sql
                .sql("update lease set expires = clock_timestamp() - interval '1 second' where name = ?")
                .param(name)
                .update();
    }

    private static Position at(int time) {
        return new Position("billing", "bill", "{\"t\":" + time + "}");
    }

    private String cursor() {
        return store.sql
                .sql("select value::text from cursor")
                .query(String.class)
                .single();
    }

    private String state(long run) {
        return store.sql
                .sql("select state from run where run = ?")
                .param(run)
                .query(String.class)
                .single();
    }
}
