package isthmus.store;

import isthmus.audit.Audit;
import isthmus.audit.Audit.Deed;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How far every pull has come, and moving one back by hand, which costs nothing but time: the apply rule forgives it. */
public final class Cursors {
    private final DataSource source;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final Audit audit;

    public Cursors(DataSource source, Clock clock) {
        this.source = source;
        this.jdbc = JdbcClient.create(source);
        this.clock = clock;
        this.audit = new Audit(source, clock);
    }

    /** @param value JSON that only the pull's reader understands */
    public record Cursor(String system, String pull, String value, OffsetDateTime updated) {}

    /** Where a cursor stood before somebody moved it. */
    public record Move(String value, OffsetDateTime movedAt, String reason, String by) {}

    public List<Cursor> show() {
        return jdbc.sql("select system, pull, value, updated from cursor order by system, pull")
                .query(Cursors::cursor)
                .list();
    }

    public List<Move> history(String system, String pull) {
        return jdbc.sql("select value, moved_at, reason, by from cursor_history where system = ? and pull = ?"
                        + " order by id")
                .params(system, pull)
                .query((row, n) -> new Move(
                        row.getString(1), row.getObject(2, OffsetDateTime.class), row.getString(3), row.getString(4)))
                .list();
    }

    /**
     * Moves a cursor, remembering where it stood. A pull that is under way would move it on again, so its run is over.
     *
     * @param value where to go on from; null to start from the beginning
     * @return false when the pull has no cursor
     */
    public boolean rewind(String system, String pull, @Nullable String value, String reason, String by) {
        return Transaction.run(source, "rewind a cursor", connection -> {
            awaitChunk(connection, system);
            try (var remember = connection.prepareStatement("insert into cursor_history (system, pull, value,"
                    + " moved_at, reason, by) select system, pull, value, ?, ?, ? from cursor"
                    + " where system = ? and pull = ? for update")) {
                remember.setObject(1, Ledger.utc(clock.instant()));
                remember.setString(2, Transaction.clean(reason));
                remember.setString(3, Transaction.clean(by));
                remember.setString(4, system);
                remember.setString(5, pull);
                if (remember.executeUpdate() == 0) {
                    return false;
                }
            }
            endPulls(connection, system, "the cursor of " + pull + " was moved by " + by);
            String sql = value == null
                    ? "delete from cursor where system = ? and pull = ?"
                    : "update cursor set value = ?::json, updated = ? where system = ? and pull = ?";
            try (var move = connection.prepareStatement(sql)) {
                int at = 1;
                if (value != null) {
                    move.setString(at++, value);
                    move.setObject(at++, Ledger.utc(clock.instant()));
                }
                move.setString(at++, system);
                move.setString(at, pull);
                move.executeUpdate();
            }
            String goal = value == null ? "the beginning" : value;
            audit.write(
                    connection, List.of(new Deed(by, "cursor.rewind", system + " " + pull, reason + "; to " + goal)));
            return true;
        });
    }

    /** Waits for the chunk that is under way: it holds a key share of the lease. */
    private static void awaitChunk(Connection connection, String system) throws SQLException {
        try (var lock = connection.prepareStatement("select 1 from lease where name = ? for update")) {
            lock.setString(1, system);
            lock.execute();
        }
    }

    private void endPulls(Connection connection, String system, String why) throws SQLException {
        try (var fail = connection.prepareStatement("update run set state = 'failed', ended = ?, error = ?"
                + " where system = ? and state = 'running' and epoch is not null")) {
            fail.setObject(1, Ledger.utc(clock.instant()));
            fail.setString(2, Transaction.clean(why));
            fail.setString(3, system);
            fail.executeUpdate();
        }
    }

    private static Cursor cursor(ResultSet row, int n) throws SQLException {
        return new Cursor(row.getString(1), row.getString(2), row.getString(3), row.getObject(4, OffsetDateTime.class));
    }
}
