package isthmus.store;

import static isthmus.store.Cargo.accepted;
import static isthmus.store.Cargo.account;
import static isthmus.store.Cargo.bill;
import static isthmus.store.Cargo.chunk;
import static isthmus.store.Cargo.deleted;
import static isthmus.store.Cargo.refused;
import static isthmus.store.Cargo.urn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import isthmus.model.Fact;
import isthmus.model.Normalized;
import isthmus.model.Outcome;
import isthmus.model.Position;
import isthmus.model.Reason;
import isthmus.security.seal.Opener;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChunkStoreTest {
    private final Store store = Store.fresh();

    @Test
    void committingTheSameChunkAgainChangesNothingAndTellsNothing() {
        Normalized chunk = chunk(1, bill("a", 1, "1.00"), bill("b", 1, "2.00"));

        assertThat(store.chunks.commit(chunk)).isEqualTo(Map.of("bill", new Tally(2, 2, 0, 0, 0)));
        String before = store.bodies();
        assertThat(store.chunks.commit(chunk)).isEqualTo(Map.of("bill", new Tally(2, 0, 2, 0, 0)));

        assertThat(store.bodies()).isEqualTo(before);
        assertThat(store.count("change")).isEqualTo(2);
        assertThat(store.count("chunk_log")).isEqualTo(1);
        assertThat(store.count("record_history")).isZero();
    }

    @Test
    void keepsBodiesByteForByte() {
        Fact fact = bill("a", 1, "1.00");

        store.chunks.commit(chunk(1, fact));

        ChangeLog log = new ChangeLog(store.source);
        assertThat(log.after(0, 10).get(0).changes().get(0).body()).isEqualTo(fact.body());
        assertThat(store.sql
                        .sql("select body from record")
                        .query((row, n) -> row.getBytes(1))
                        .single())
                .isEqualTo(fact.body());
    }

    @Test
    void supersedesInOneChunkAndAcrossChunksAndKeepsHistory() {
        store.chunks.commit(chunk(1, bill("a", 1, "1.00"), bill("a", 2, "2.00"), bill("a", 2, "2.00")));
        Map<String, Tally> second =
                store.chunks.commit(chunk(1, bill("a", 4, "4.00"), bill("a", 3, "3.00"), deleted("bill", "a", 5)));

        assertThat(second).isEqualTo(Map.of("bill", new Tally(3, 2, 0, 1, 0)));
        assertThat(store.sql
                        .sql("select sequence from record_history order by recorded_from")
                        .query(String.class)
                        .list())
                .containsExactly(Cargo.sequence(1), Cargo.sequence(2), Cargo.sequence(4));
        assertThat(store.sql
                        .sql("select count(*) from record_history h join record_history i"
                                + " on h.recorded_to = i.recorded_from")
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
        assertThat(store.sql
                        .sql("select deleted from record")
                        .query(Boolean.class)
                        .single())
                .isTrue();
        assertThat(store.sql
                        .sql("select op from change order by chunk, n")
                        .query(String.class)
                        .list())
                .containsExactly("upsert", "upsert", "upsert", "delete");
    }

    @Test
    void advancesTheSequenceOfWhatDidNotChangeSoThatALateMiddleVersionDies() {
        store.chunks.commit(chunk(1, bill("a", 1, "1.00")));
        store.chunks.commit(chunk(1, bill("a", 3, "1.00")));
        Map<String, Tally> late = store.chunks.commit(chunk(1, bill("a", 2, "2.00")));

        assertThat(late).isEqualTo(Map.of("bill", new Tally(1, 0, 0, 1, 0)));
        assertThat(store.sql
                        .sql("select sequence from record")
                        .query(String.class)
                        .single())
                .isEqualTo(Cargo.sequence(3));
    }

    @Test
    void keepsTheGreaterHashOfTwoStatesOfOneVersionAndSaysSo() {
        Fact one = bill("a", 1, "1.00");
        Fact other = bill("a", 1, "2.00");

        store.chunks.commit(chunk(1, one));
        store.chunks.commit(chunk(1, other));
        store.chunks.commit(chunk(1, one, other, one));

        String greater = one.contentHash().compareTo(other.contentHash()) > 0 ? one.contentHash() : other.contentHash();
        assertThat(store.sql
                        .sql("select contenthash from record")
                        .query(String.class)
                        .single())
                .isEqualTo(greater);
        assertThat(store.sql.sql("select code from finding").query(String.class).list())
                .containsExactly("SEQ-CONFLICT");
    }

    @Test
    void holdsARefusalOnceByItsFingerprintAndReopensAllButTheDropped() {
        Normalized chunk =
                chunk(1, "bill", List.of(refused(Reason.DATE_INVALID), accepted(bill("b", 1, "1.00"))), null, null);
        store.chunks.commit(chunk);
        Quarantines quarantines = new Quarantines(store.source, Opener.NONE);
        var entry = quarantines.list(Quarantines.Filter.ALL, 0, 10).get(0);
        assertThat(quarantines.bytes(entry.id())).hasValue("row 1".getBytes());

        quarantines.mark(entry.id(), Quarantines.State.REPLAYED, "mapping corrected");
        store.chunks.commit(chunk);
        assertThat(quarantines.get(entry.id()).orElseThrow().state()).isEqualTo(Quarantines.State.OPEN);

        quarantines.mark(entry.id(), Quarantines.State.DROPPED, "a test record of theirs");
        assertThat(store.chunks.commit(chunk).get("bill")).isEqualTo(new Tally(2, 0, 1, 0, 1));
        var last = quarantines.get(entry.id()).orElseThrow();
        assertThat(last.state()).isEqualTo(Quarantines.State.DROPPED);
        assertThat(last.times()).isEqualTo(3);
        assertThat(quarantines.counts()).hasSize(1);
    }

    @Test
    void supersedesARefusalWhenAGoodVersionOfItsKeyArrives() {
        store.chunks.commit(chunk(1, "bill", List.of(refused(Reason.DATE_INVALID)), null, null));
        store.chunks.commit(chunk(1, "bill", List.of(accepted(bill("a", 1, "1.00"))), null, null));

        assertThat(store.sql
                        .sql("select state from quarantine")
                        .query(String.class)
                        .single())
                .isEqualTo("superseded");
    }

    @Test
    void supersedesADroppedRefusalToo() {
        store.chunks.commit(chunk(1, "bill", List.of(refused(Reason.DATE_INVALID)), null, null));
        Quarantines quarantines = new Quarantines(store.source, Opener.NONE);
        long dropped = quarantines.list(Quarantines.Filter.ALL, 0, 10).get(0).id();
        quarantines.mark(dropped, Quarantines.State.DROPPED, "nobody needs it");

        store.chunks.commit(chunk(1, "bill", List.of(accepted(bill("a", 1, "1.00"))), null, null));

        assertThat(quarantines.get(dropped).orElseThrow().state()).isEqualTo(Quarantines.State.SUPERSEDED);
    }

    @Test
    void refusesAnEventThatIntermediariesWouldNotForward() {
        String id = urn("bill", "long");
        Fact large = Cargo.fact(
                "bill", id, isthmus.model.Op.UPSERT, 1, "{\"id\":\"" + "x".repeat(61_500) + "\"}", null, List.of());

        assertThat(store.chunks.commit(chunk(1, large)).get("bill")).isEqualTo(new Tally(1, 0, 0, 0, 1));

        assertThat(store.sql
                        .sql("select reason from quarantine")
                        .query(String.class)
                        .single())
                .isEqualTo("EVENT-SIZE");
    }

    @Test
    void healsAReferenceWhenItsParentArrivesAndTellsNothing() {
        Fact child = bill(
                "a",
                1,
                "1.00",
                new Fact.Ref("/account", urn("account", "1")),
                new Fact.Ref("/tariff", urn("tariff", "never")));
        store.chunks.commit(chunk(1, child));
        assertThat(quality()).contains("/account").contains("/tariff").contains("REF-PENDING");
        assertThat(new Pending(store.source).heal("billing")).isZero();

        store.chunks.commit(chunk(1, account("1", 1)));
        long told = store.count("change");
        assertThat(new Pending(store.source).heal("billing")).isEqualTo(1);

        assertThat(quality()).isEqualTo("[{\"code\":\"REF-PENDING\",\"path\":\"/tariff\",\"severity\":\"warning\"}]");
        assertThat(store.count("change")).isEqualTo(told);
        store.chunks.commit(chunk(1, bill("a", 2, "2.00")));
        assertThat(store.count("pending_ref")).isZero();
    }

    @Test
    void findsParentsInsideTheChunk() {
        Normalized bills = chunk(1, bill("a", 1, "1.00", new Fact.Ref("/account", urn("account", "1"))));
        List<Outcome> accounts = List.of(accepted(account("1", 1)));

        store.chunks.commit(new Normalized(
                bills.chunk(),
                Map.of("account", accounts, "bill", bills.outcomes().get("bill")),
                Map.of()));

        assertThat(store.count("pending_ref")).isZero();
        assertThat(store.count("record")).isEqualTo(2);
    }

    @Test
    void movesTheCursorWithTheChunkOrNotAtAll() {
        Position first = new Position("billing", "bill", "{\"t\":\"2026-11-02T09:00:03\"}");
        store.chunks.commit(chunk(1, "bill", List.of(accepted(bill("a", 1, "1.00"))), null, first));
        Position broken = new Position("billing", "bill", "{\"file\":\"x.csv\",\"sha256\":\"00\",\"line\":3,\"of\":3}");

        assertThatThrownBy(() ->
                        store.chunks.commit(chunk(1, "bill", List.of(accepted(bill("b", 1, "1.00"))), null, broken)))
                .isInstanceOf(IllegalStateException.class);

        assertThat(new StoredPositions(store.source).last("billing", "bill")).hasValue(first);
        assertThat(store.count("record")).isEqualTo(1);
    }

    @Test
    void keepsRawBytesOnceAndOnlyWhenSomethingCameOfThem() {
        byte[] raw = "<page>电</page>".repeat(200_000).getBytes();
        Normalized chunk = chunk(1, "bill", List.of(accepted(bill("a", 1, "1.00"))), raw, null);
        store.chunks.commit(chunk);
        store.chunks.commit(chunk);

        List<String> kept = store.sql
                .sql("select raw_sha256 from chunk where raw_sha256 is not null")
                .query(String.class)
                .list();

        assertThat(kept).hasSize(1);
        assertThat(new RawObjects(store.source, Opener.NONE).get(kept.get(0))).hasValue(raw);
    }

    private String quality() {
        return store.sql
                .sql("select quality from record where entity = 'bill'")
                .query(String.class)
                .single();
    }
}
