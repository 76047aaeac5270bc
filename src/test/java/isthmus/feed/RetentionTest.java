package isthmus.feed;

import static org.assertj.core.api.Assertions.assertThat;

import isthmus.security.seal.Opener;
import isthmus.store.Cargo;
import isthmus.store.ChangeLog;
import isthmus.store.Store;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Old changes go, when Kafka has them; where they came from stays. */
class RetentionTest {
    private final Store store = Store.fresh();
    private final ChangeLog log = new ChangeLog(store.source);
    private final FeedPages pages = new FeedPages(Opener.NONE);

    @Test
    void whatIsOldAndToldIsPrunedAndNothingElse() throws Exception {
        // given five chunks, three of them told, and the second one recorded eight days ago
        for (int i = 1; i <= 5; i++) {
            store.chunks.commit(Cargo.chunk(1, Cargo.bill("b" + i, 1, "1.00")));
        }
        log.told(Relay.READER, 3, Instant.now());
        age("position <= 4", "8 days");
        String bodies = store.bodies();

        // when the changes of seven days are kept
        retention(Duration.ofDays(7)).prune();

        // then the three are gone, and records, chunks and order are as they were
        assertThat(store.count("change")).isEqualTo(2);
        assertThat(store.count("chunk")).isEqualTo(5);
        assertThat(store.count("chunk_log")).isEqualTo(5);
        assertThat(store.bodies()).isEqualTo(bodies);
        assertThat(refusal("2")).hasValue(FeedPages.Refusal.PRUNED);
        assertThat(refusal("3-0")).hasValue(FeedPages.Refusal.PRUNED);
        assertThat(refusal("2~")).hasValue(FeedPages.Refusal.PRUNED);
        assertThat(refusal("3")).isEmpty();
        assertThat(refusal("6")).hasValue(FeedPages.Refusal.NEVER_GIVEN);
        assertThat(log.waiting(Relay.READER)).isEqualTo(2);
    }

    @Test
    void aYoungChunkKeepsTheOlderOnesBehindIt() {
        for (int i = 1; i <= 3; i++) {
            store.chunks.commit(Cargo.chunk(1, Cargo.bill("b" + i, 1, "1.00")));
        }
        log.told(Relay.READER, 3, Instant.now());
        age("position <> 2", "8 days");

        retention(Duration.ofDays(7)).prune();

        assertThat(store.count("change")).isEqualTo(2);
    }

    @Test
    void aLongLogIsPrunedBatchByBatchToItsEnd() {
        for (int i = 0; i < 450; i++) {
            store.chunks.commit(Cargo.chunk(1, Cargo.bill("b" + i, 1, "1.00")));
        }
        log.told(Relay.READER, log.head(), Instant.now());
        age("true", "8 days");

        retention(Duration.ofDays(7)).prune();

        assertThat(store.count("change")).isZero();
    }

    @Test
    void aTimeIsAnsweredWithThePositionBeforeItsFirstChunk() throws Exception {
        for (int i = 1; i <= 4; i++) {
            store.chunks.commit(Cargo.chunk(1, Cargo.bill("b" + i, 1, "1.00")));
        }
        log.told(Relay.READER, 4, Instant.now());
        age("position = 1", "8 days");
        age("position = 2", "2 days");
        retention(Duration.ofDays(7)).prune();

        try (Connection connection = store.source.getConnection()) {
            assertThat(pages.since(connection, daysAgo(3))).hasValue(FeedPosition.behind(1));
            assertThat(pages.since(connection, daysAgo(1))).hasValue(FeedPosition.behind(2));
            assertThat(pages.since(connection, daysAgo(-1))).hasValue(FeedPosition.behind(4));
            assertThat(pages.since(connection, daysAgo(9))).isEmpty();
        }
    }

    private Retention retention(Duration keep) {
        return new Retention(store.source, keep, () -> true, Clock.systemUTC());
    }

    private void age(String which, String by) {
        store.sql
                .sql("update chunk set recorded_at = recorded_at - interval '" + by
                        + "' where chunk in (select chunk from chunk_log where " + which + ")")
                .update();
    }

    private Optional<FeedPages.Refusal> refusal(String position) throws Exception {
        try (Connection connection = store.source.getConnection()) {
            return pages.refusal(connection, FeedPosition.of("bill", position).orElseThrow());
        }
    }

    private static Instant daysAgo(long days) {
        return Instant.now().atOffset(ZoneOffset.UTC).minusDays(days).toInstant();
    }
}
