package isthmus.feed;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which deleted records compaction may forget (model.md 3.3): those that have stayed deleted for long enough, each version
 * of a delete once.
 */
final class Graves {
    private static final Duration ROUND = Duration.ofMinutes(1);
    private static final int A_TRANSACTION = 500;
    private static final String DUE = """
            select r.entity, r.id, r.partitionkey, r.sequence from record r
            where r.deleted and r.recorded_from <= ? and not exists (
                select from feed_tombstone t where t.id = r.id and t.entity = r.entity and t.sequence = r.sequence)
            order by r.recorded_from, r.id limit ?
            """;
    private static final String TOLD = """
            insert into feed_tombstone (entity, id, sequence, told) values (?, ?, ?, ?)
            on conflict (id, entity) do update set sequence = excluded.sequence, told = excluded.told
            """;

    private final JdbcClient sql;
    private final Duration after;
    private Instant next = Instant.MIN;

    /** @param after a delete has stood for so long */
    Graves(DataSource store, Duration after) {
        this.sql = JdbcClient.create(store);
        this.after = after;
    }

    record Grave(String entity, String id, String partitionKey, String sequence) {}

    /** What is due, a transaction's worth; looks once a minute, and again at once while there is more. */
    List<Grave> due(Instant now) {
        if (now.isBefore(next)) {
            return List.of();
        }
        List<Grave> due = sql.sql(DUE)
                .params(Timestamp.from(now.minus(after)), A_TRANSACTION)
                .query((row, n) -> new Grave(row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
                .list();
        next = due.isEmpty() ? now.plus(ROUND) : now;
        return due;
    }

    /** Remembers what Kafka has; a crash before it costs one more tombstone, which changes nothing. */
    void told(List<Grave> graves, Instant now) {
        graves.forEach(grave -> sql.sql(TOLD)
                .params(grave.entity(), grave.id(), grave.sequence(), Timestamp.from(now))
                .update());
    }
}
