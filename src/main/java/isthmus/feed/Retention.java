package isthmus.feed;

import isthmus.model.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Prunes the changes that Kafka has been told and that are older than the feed keeps them, a bounded batch at a time. Where
 * they came from and in which order stays: {@code chunk} and {@code chunk_log} are not touched.
 */
final class Retention implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final Duration FORGET_CONSUMERS_AFTER = Duration.ofDays(30);
    private static final int ENTRIES_A_BATCH = 200;
    private static final int EVENTS_A_BATCH = 20_000;

    /** One statement, so that a reader sees the changes and that they are kept, or neither. */
    private static final String BATCH = """
            with told as (select coalesce(max(position), 0) as position from feed_position where name = :reader),
            kept as (select position from feed_kept for update),
            next as (select l.position, l.chunk, l.events from chunk_log l, kept, told
                where l.position > kept.position and l.position <= told.position order by l.position limit :entries),
            judged as (select position, chunk, recorded_at,
                    bool_and(recorded_at < :before) over (order by position) as is_old,
                    sum(events) over (order by position) - events as events_before
                from next join chunk using (chunk)),
            gone as (select * from judged where is_old and events_before < :events),
            pruned as (delete from change where chunk = any(array(select chunk from gone)))
            update feed_kept set position = last.position, recorded_at = greatest(feed_kept.recorded_at, last.recorded_at)
            from (select max(position) as position, max(recorded_at) as recorded_at from gone) as last
            where last.position is not null""";

    private final JdbcClient jdbc;
    private final Duration keep;
    private final BooleanSupplier turn;
    private final Clock clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread housekeeper = new Thread(work, "feed-retention");
        housekeeper.setDaemon(true);
        return housekeeper;
    });

    /** @param turn whether it is this hub that prunes */
    Retention(DataSource source, Duration keep, BooleanSupplier turn, Clock clock) {
        this.jdbc = JdbcClient.create(source);
        this.keep = keep;
        this.turn = turn;
        this.clock = clock;
    }

    void start() {
        thread.scheduleWithFixedDelay(this::round, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void round() {
        try {
            if (turn.getAsBoolean()) {
                prune();
            }
        } catch (DataAccessException away) {
            LOG.warn("{}: old changes are pruned later", Reason.STORE_AWAY.code());
        } catch (RuntimeException bug) {
            // A scheduled task that throws is never run again.
            LOG.error("a bug in the feed's retention", bug);
        }
    }

    /** Prunes batch by batch until nothing is older than is kept. */
    void prune() {
        var before = clock.instant().minus(keep).atOffset(ZoneOffset.UTC);
        int moved = 1;
        while (moved > 0 && !thread.isShutdown()) {
            moved = jdbc.sql(BATCH)
                    .param("reader", Relay.READER)
                    .param("entries", ENTRIES_A_BATCH)
                    .param("events", EVENTS_A_BATCH)
                    .param("before", before)
                    .update();
        }
        jdbc.sql("delete from consumer where told < ?")
                .param(clock.instant().minus(FORGET_CONSUMERS_AFTER).atOffset(ZoneOffset.UTC))
                .update();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
