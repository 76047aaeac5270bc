package isthmus.reconcile;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Writes nights down in the store, and lets only one run at a time, whichever process it runs in. */
final class NightLog {
    /** The advisory lock of the night: the bytes of "NIGHT". */
    private static final long LOCK = 0x4E49474854L;

    private final DataSource store;

    NightLog(DataSource store) {
        this.store = store;
    }

    /** Does the work while it holds the lock; the server lets go by itself when this process dies. */
    <T> T alone(Supplier<T> work) {
        try (Connection connection = store.getConnection()) {
            if (!isTrue(connection, "select pg_try_advisory_lock(?)")) {
                throw new NightIsRunning(since(connection));
            }
            try {
                return work.get();
            } finally {
                // A pooled connection lives on, so the lock is given back by hand.
                isTrue(connection, "select pg_advisory_unlock(?)");
            }
        } catch (SQLException fault) {
            throw new StoreFault("the lock of the night is lost", fault);
        }
    }

    long begin(OffsetDateTime asOf, OffsetDateTime started) {
        try (Connection connection = store.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into reconcile_run (as_of, started) values (?, ?) returning id")) {
            insert.setObject(1, asOf);
            insert.setObject(2, started);
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException fault) {
            throw new StoreFault("the night cannot be written down", fault);
        }
    }

    void end(NightReport report) {
        try (Connection connection = store.getConnection();
                PreparedStatement update = connection.prepareStatement(
                        "update reconcile_run set ended = ?, verdict = ?, report = ?::json where id = ?")) {
            update.setObject(1, report.ended());
            update.setString(2, report.verdict().name());
            update.setString(3, report.json());
            update.setLong(4, report.id());
            update.executeUpdate();
        } catch (SQLException fault) {
            throw new StoreFault("the night's report cannot be written down", fault);
        }
    }

    private static boolean isTrue(Connection connection, String sql) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setLong(1, LOCK);
            try (ResultSet row = query.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private static String since(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                        "select id, started from reconcile_run where ended is null order by id desc limit 1");
                ResultSet row = query.executeQuery()) {
            return row.next()
                    ? " (night " + row.getLong(1) + ", since " + row.getObject(2, OffsetDateTime.class) + ")"
                    : "";
        }
    }
}
