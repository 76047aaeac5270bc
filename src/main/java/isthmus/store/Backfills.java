package isthmus.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.util.RawValue;
import isthmus.model.Position;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Spans of a pull that are read again, each with a cursor of its own, which moves with the chunks. They need no lease: they
 * move no other cursor, and the apply rule keeps what is newer.
 */
public final class Backfills {
    private final DataSource source;
    private final JdbcClient jdbc;
    private final Clock clock;

    public Backfills(DataSource source, Clock clock) {
        this.source = source;
        this.jdbc = JdbcClient.create(source);
        this.clock = clock;
    }

    /**
     * What is read again.
     *
     * @param from a change time in the system's own zone
     * @param to the first one that is too late
     * @param keys digest of the only keys wanted; empty for all
     */
    public record Span(String system, String pull, LocalDateTime from, LocalDateTime to, String keys) {}

    /**
     * How far a span has come.
     *
     * @param value where the reader goes on; null at the beginning
     * @param pieces that were read of it so far
     */
    public record Standing(long id, @Nullable String value, long pieces, boolean isDone, OffsetDateTime updated) {

        /** What a chunk carries to move it: the reader's own position, and how many pieces led there. */
        public Position after(Position reached, int read) {
            String own = JsonNodeFactory.instance
                    .objectNode()
                    .put("backfill", id)
                    .put("pieces", read)
                    .putRawValue("at", new RawValue(reached.value()))
                    .toString();
            return new Position(reached.system(), reached.pull(), own);
        }
    }

    /** A span as it was left; empty when nobody has asked for it. */
    public Optional<Standing> find(Span span) {
        return jdbc.sql("select id, value, pieces, state = 'done', updated from backfill"
                        + " where system = ? and pull = ? and span_from = ? and span_to = ? and keys = ?")
                .params(span.system(), span.pull(), span.from(), span.to(), span.keys())
                .query((row, n) -> new Standing(
                        row.getLong(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getBoolean(4),
                        row.getObject(5, OffsetDateTime.class)))
                .optional();
    }

    /**
     * Makes a run the only one that moves the span; the run of an earlier command, dead or not, is over.
     *
     * @param restart true to begin again at the beginning
     */
    public Standing take(Span span, long run, boolean restart) {
        Transaction.run(source, "take a backfill", at -> {
            try (PreparedStatement upsert = at.prepareStatement("""
                    insert into backfill (system, pull, span_from, span_to, keys, state, run, begun, updated)
                    values (?, ?, ?, ?, ?, 'open', ?, ?, ?)
                    on conflict (system, pull, span_from, span_to, keys) do nothing""")) {
                OffsetDateTime now = Ledger.utc(clock.instant());
                upsert.setString(1, span.system());
                upsert.setString(2, span.pull());
                upsert.setObject(3, span.from());
                upsert.setObject(4, span.to());
                upsert.setString(5, span.keys());
                upsert.setLong(6, run);
                upsert.setObject(7, now);
                upsert.setObject(8, now);
                upsert.executeUpdate();
            }
            return takeOver(at, span, run, restart);
        });
        return find(span).orElseThrow();
    }

    /** Waits for the chunk that is under way: it holds the row. */
    private int takeOver(Connection at, Span span, long run, boolean restart) throws SQLException {
        try (PreparedStatement end = at.prepareStatement("update run set state = 'failed', ended = ?,"
                + " error = 'another command goes on with this backfill' where state = 'running' and run <> ?"
                + " and run = (select run from backfill where system = ? and pull = ? and span_from = ?"
                + " and span_to = ? and keys = ? for update)")) {
            end.setObject(1, Ledger.utc(clock.instant()));
            end.setLong(2, run);
            where(end, 3, span);
            end.executeUpdate();
        }
        String again = restart ? ", value = null, pieces = 0, state = 'open'" : "";
        try (PreparedStatement take = at.prepareStatement("update backfill set run = ?" + again
                + " where system = ? and pull = ? and span_from = ? and span_to = ? and keys = ?")) {
            take.setLong(1, run);
            where(take, 2, span);
            return take.executeUpdate();
        }
    }

    private static void where(PreparedStatement statement, int first, Span span) throws SQLException {
        statement.setString(first, span.system());
        statement.setString(first + 1, span.pull());
        statement.setObject(first + 2, span.from());
        statement.setObject(first + 3, span.to());
        statement.setString(first + 4, span.keys());
    }

    /** The span is read to its end. */
    public void finish(Standing standing, long run) {
        jdbc.sql("update backfill set state = 'done', updated = ? where id = ? and run = ?")
                .params(Ledger.utc(clock.instant()), standing.id(), run)
                .update();
    }

    /** In a chunk's transaction. */
    static void move(Connection at, JsonNode value, long run, Instant now) throws SQLException {
        try (PreparedStatement update = at.prepareStatement("update backfill set value = ?::json, pieces = pieces + ?,"
                + " updated = ? where id = ? and run = ? and state = 'open'")) {
            update.setString(1, value.get("at").toString());
            update.setLong(2, value.get("pieces").longValue());
            update.setObject(3, Ledger.utc(now));
            update.setLong(4, value.get("backfill").longValue());
            update.setLong(5, run);
            if (update.executeUpdate() != 1) {
                throw new Leases.Fenced("another command goes on with this backfill");
            }
        }
    }
}
