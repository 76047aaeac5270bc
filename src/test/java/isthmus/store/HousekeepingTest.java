package isthmus.store;

import static isthmus.store.Cargo.accepted;
import static isthmus.store.Cargo.bill;
import static isthmus.store.Cargo.chunk;
import static isthmus.store.Cargo.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.model.Position;
import isthmus.model.Reason;
import isthmus.source.Arrivals;
import isthmus.source.Arrivals.Arrival;
import isthmus.source.Arrivals.Claim;
import isthmus.source.Arrivals.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HousekeepingTest {
    private final Store store = Store.fresh();
    private final Runs runs = new Runs(store.source, store.clock);

    @Test
    void aRunWhoseBalanceHoldsIsGreen() {
        long run = runs.begin("billing", "command");
        store.chunks.commit(chunk(run, bill("a", 1, "1.00"), bill("a", 1, "1.00"), bill("b", 2, "1.00")));
        store.chunks.commit(
                chunk(run, "bill", List.of(refused(Reason.DATE_INVALID), accepted(bill("b", 1, "9.00"))), null, null));

        RunBalance balance = runs.end(run);

        assertThat(balance.green()).isTrue();
        assertThat(balance.tallies()).isEqualTo(Map.of("bill", new Tally(5, 2, 1, 1, 1)));
        assertThatThrownBy(() -> runs.fail(run, "too late")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aRunThatLostAPieceIsRedAndSaysWhere() {
        long run = runs.begin("billing", "command");
        store.chunks.commit(chunk(run, bill("a", 1, "1.00")));
        store.sql.sql("update run_count set read = read + 1").update();

        RunBalance balance = runs.end(run);

        assertThat(balance.state()).isEqualTo("red");
        assertThat(balance.problems()).singleElement().asString().startsWith("bill: read 2 is not applied 1");
    }

    @Test
    void aRunThatItsHubNeverEndedIsFailedByTheNext() {
        try (Leases hub = new Leases(store.source, "a hub", Duration.ofMinutes(10))) {
            Leases.Lease lease = hub.hold("billing").orElseThrow();
            long run = runs.begin(lease, "schedule");

            runs.begin(lease, "schedule");

            assertThat(store.sql
                            .sql("select state from run where run = ?")
                            .param(run)
                            .query(String.class)
                            .single())
                    .isEqualTo("failed");
        }
    }

    @Test
    void theLinesOfAFileMoveWithItsChunksAndTheCursorStays() {
        Arrivals arrivals = new StoredArrivals(store.source, store.clock);
        Arrival file = new Arrival("metering", "curve", "C\n1.csv", "ab12", 10, Cargo.TIME);
        long run = runs.begin("metering", "command");
        assertThat(arrivals.claim(file, run)).isEqualTo(Claim.fresh());

        Position after =
                new Position("metering", "curve", "{\"file\":\"C\\n1.csv\",\"sha256\":\"ab12\",\"line\":5,\"of\":9}");
        store.chunks.commit(chunk(1, "bill", List.of(accepted(bill("a", 1, "1.00"))), null, after));

        assertThat(arrivals.claim(file, run)).isEqualTo(new Claim(State.CLAIMED, 5));
        arrivals.finished(file, run, "20261122-ab12-C1.csv");
        assertThat(arrivals.claim(file, run)).isEqualTo(new Claim(State.DONE, 5));
        assertThat(new StoredPositions(store.source).last("metering", "curve")).isEmpty();
    }

    @Test
    void aFileNeverFetchedCanBeRefused() {
        Arrivals arrivals = new StoredArrivals(store.source, store.clock);
        Arrival file = new Arrival("metering", "curve", "..%2f..%2fetc.csv", "cd34", 10, null);

        long run = runs.begin("metering", "command");
        arrivals.refused(file, run, Reason.FILE_NAME, null);

        assertThat(arrivals.claim(file, run).state()).isEqualTo(State.REFUSED);
        assertThat(store.sql
                        .sql("select reason from arrival")
                        .query(String.class)
                        .single())
                .isEqualTo("FILE-NAME");
    }

    @Test
    void aCursorIsMovedBackWithItsReasonKept() {
        Cursors cursors = new Cursors(store.source, store.clock);
        Position here = new Position("billing", "bill", "{\"t\":2}");
        store.chunks.commit(chunk(1, "bill", List.of(accepted(bill("a", 1, "1.00"))), null, here));

        assertThat(cursors.rewind("billing", "bill", "{\"t\":1}", "late commits", "wang"))
                .isTrue();
        assertThat(cursors.rewind("billing", "bill", null, "from the start", "wang"))
                .isTrue();
        assertThat(cursors.rewind("billing", "bill", null, "again", "wang")).isFalse();

        assertThat(cursors.show()).isEmpty();
        assertThat(cursors.history("billing", "bill"))
                .extracting(Cursors.Move::value, Cursors.Move::reason)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("{\"t\":2}", "late commits"),
                        org.assertj.core.groups.Tuple.tuple("{\"t\":1}", "from the start"));
        assertThat(store.audit())
                .containsExactly(
                        "wang cursor.rewind billing bill: late commits; to {\"t\":1}",
                        "wang cursor.rewind billing bill: from the start; to the beginning");
    }
}
