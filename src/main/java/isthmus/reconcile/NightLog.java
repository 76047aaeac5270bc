package isthmus.reconcile;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes nights down in the store, and lets only one run at a time, whichever process it runs in. */
final class NightLog {
    private static final Logger LOG = LoggerFactory.getLogger(NightLog.class);
    /** The advisory lock of the night: the bytes of "NIGHT". */
    private static final long LOCK = 0x4E49474854L;
    /** Of whoever adds to the chain: the bytes of "CHAIN". */
    private static final long CHAIN = 0x434841494EL;
    /** The hash that no night follows yet. */
    private static final String TIP = """
            select hash from reconcile_run r where hash is not null
            and not exists (select from reconcile_run n where n.previous = r.hash) order by id desc limit 1
            """;

    private static final String LAST =
            "select id, as_of, started, ended, asked::text from reconcile_run order by id desc limit 1";

    private final DataSource store;

    NightLog(DataSource store) {
        this.store = store;
    }

    /** Does the work while it holds the lock; the server lets go by itself when this process dies. */
    <T> T alone(Supplier<T> work) {
        Connection holding = locked();
        try {
            return work.get();
        } finally {
            unlock(holding);
        }
    }

    private Connection locked() {
        try {
            Connection connection = store.getConnection();
            boolean isOurs = false;
            try {
                isOurs = isTrue(connection, "select pg_try_advisory_lock(?)");
                if (!isOurs) {
                    throw new NightIsRunning(since(connection));
                }
                return connection;
            } finally {
                if (!isOurs) {
                    connection.close();
                }
            }
        } catch (SQLException fault) {
            throw new StoreFault("the lock of the night cannot be asked for", fault);
        }
    }

    /** A pooled connection lives on, so the lock is given back by hand. What the work has brought stands even if it was lost. */
    private static void unlock(Connection holding) {
        try (holding) {
            isTrue(holding, "select pg_advisory_unlock(?)");
        } catch (SQLException lost) {
            LOG.warn("the lock of the night was lost before its end (SQLSTATE {})", lost.getSQLState());
        }
    }

    /**
     * A night that was begun.
     *
     * @param asked what it was asked for, besides its moment
     * @param isLeft whether it was stopped and is to be taken up again
     */
    record Begun(long id, OffsetDateTime asOf, OffsetDateTime started, String asked, boolean isLeft) {}

    /** Writes down that a night begins; no night that was stopped before can be taken up any more. */
    long begin(OffsetDateTime asOf, OffsetDateTime started, String asked) {
        try (Connection connection = store.getConnection()) {
            run(connection, "delete from reconcile_step");
            try (PreparedStatement insert = prepared(
                            connection,
                            "insert into reconcile_run (as_of, started, asked) values (?, ?, ?::json) returning id",
                            asOf,
                            started,
                            asked);
                    ResultSet row = insert.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException fault) {
            throw new StoreFault("the night cannot be written down", fault);
        }
    }

    /** The last night, if it has not ended; an earlier one has been overtaken, its breaks would be older than what stands. */
    Optional<Begun> unfinished() {
        try (Connection connection = store.getConnection();
                PreparedStatement query = connection.prepareStatement(LAST);
                ResultSet row = query.executeQuery()) {
            return row.next() && row.getObject(4) == null && row.getString(5) != null
                    ? Optional.of(new Begun(
                            row.getLong(1),
                            row.getObject(2, OffsetDateTime.class),
                            row.getObject(3, OffsetDateTime.class),
                            row.getString(5),
                            true))
                    : Optional.empty();
        } catch (SQLException fault) {
            throw new StoreFault("the last night cannot be read", fault);
        }
    }

    /** The steps of a night, and which of them are done. */
    NightSteps steps(
            long night,
            List<String> systems,
            boolean areAll,
            List<String> checks,
            Night.Listener listener,
            BooleanSupplier stopped,
            Clock clock) {
        return new NightSteps(night, store, systems, areAll, checks, listener, stopped, clock);
    }

    /** Writes the report down, chained to the night that ended before. */
    void end(NightReport report) {
        try (Connection connection = store.getConnection()) {
            connection.setAutoCommit(false);
            try {
                // A night that has lost its lock may end beside another one; the chain grows by one link at a time.
                run(connection, "select pg_advisory_xact_lock(?)", CHAIN);
                String told = text(
                        connection,
                        "update reconcile_run set ended = ?, verdict = ?, report = ?::json where id = ?"
                                + " and ended is null returning report::text",
                        report.ended(),
                        report.verdict().name(),
                        report.json(),
                        report.id());
                if (told.isEmpty()) {
                    throw new SQLException("night " + report.id() + " was ended by another hub");
                }
                String previous = text(connection, TIP);
                run(
                        connection,
                        "update reconcile_run set previous = ?, hash = ? where id = ?",
                        previous,
                        ChainHash.hash(previous, told),
                        report.id());
                run(connection, "delete from reconcile_step where night = ?", report.id());
                connection.commit();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException fault) {
            throw new StoreFault("the night's report cannot be written down", fault);
        }
    }

    private static void run(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(connection, sql, values)) {
            statement.execute();
        }
    }

    private static String text(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement query = prepared(connection, sql, values);
                ResultSet row = query.executeQuery()) {
            return row.next() ? row.getString(1) : ChainHash.FIRST;
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
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
