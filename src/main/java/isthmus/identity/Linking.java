package isthmus.identity;

import isthmus.identity.Crosswalks.Crosswalk;
import isthmus.identity.LinkReport.Count;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the links that follow from keys and verified numbers, over all records at one moment, and writes into the log what
 * differs from what stands there. What stands is a function of the records and of the words of people: when and in which
 * order records came does not matter, and where nothing has changed nothing is written.
 */
public final class Linking {
    private static final Logger LOG = LoggerFactory.getLogger(Linking.class);
    private static final String ROOM = "/isthmus/identity/";

    private final Crosswalks crosswalks;
    private final DataSource store;
    private final Clock clock;

    /** What an earlier attempt at the same night has done, and where to note what is done now. */
    public interface Notes {
        /** For whoever links once. */
        Notes NONE = new Notes() {};

        /** Null when the links are still to be brought up to date. */
        default @Nullable LinkReport linked() {
            return null;
        }

        /** The links are about to be brought up to date. */
        default void linking() {}

        /** They are; noted within the transaction that writes the log, so that it is either both or neither. */
        default void settled(LinkReport report, Connection within) throws SQLException {}
    }

    public Linking(Crosswalks crosswalks, DataSource store, Clock clock) {
        this.crosswalks = crosswalks;
        this.store = store;
        this.clock = clock;
    }

    /** Brings the links up to date in one transaction, unless that is done; when it fails, all links stay as they were. */
    public LinkReport update(long night, Notes notes) {
        LinkReport earlier = notes.linked();
        if (earlier != null) {
            return earlier;
        }
        notes.linking();
        try (Connection connection = store.getConnection()) {
            int isolation = connection.getTransactionIsolation();
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            try {
                LinkReport report = update(night, connection);
                notes.settled(report, connection);
                connection.commit();
                return report;
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
                connection.setTransactionIsolation(isolation);
            }
        } catch (SQLException fault) {
            // The server's text may quote a value.
            LOG.error("the links could not be brought up to date: SQLState {}", fault.getSQLState());
            return LinkReport.failed("SQLState " + fault.getSQLState());
        }
    }

    private LinkReport update(long night, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Before the first look: whoever has waited for another must see what that one wrote.
            statement.execute("lock table link_log in share row exclusive mode");
            // Compiling a plan takes longer than running it, as long as nobody knows how large the tables are.
            statement.execute("set local jit = off");
            statement.execute("set local work_mem = '64MB'");
            statement.execute(
                    "create temporary table link_crosswalk (customers text, field text, accounts text) on commit drop");
            statement.execute(sql("records"));
        }
        for (Crosswalk one : crosswalks.all()) {
            run(
                    connection,
                    "insert into link_crosswalk values (?, ?, ?)",
                    one.customers(),
                    one.field(),
                    one.accounts());
        }
        for (LinkRule rule : LinkRule.values()) {
            run(connection, sql(rule.code()), place(rule));
        }
        run(connection, sql("verdicts"), place(LinkRule.ACCT_NO));
        run(connection, sql("changes"), (Object) LinkRule.codes().toArray(String[]::new));
        run(connection, sql("log"), LinkRule.VERSION, night, OffsetDateTime.now(clock.withZone(ZoneOffset.UTC)));
        return new LinkReport(counts(connection), null);
    }

    private static int place(LinkRule rule) {
        return rule.ordinal() + 1;
    }

    private static List<Count> counts(Connection connection) throws SQLException {
        Map<String, Count> found = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(sql("counts"));
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                found.put(row.getString(1), count(row));
            }
        }
        // A rule that was taken out of the hub may still have links, as long as a person holds them.
        return Stream.concat(
                        LinkRule.codes().stream(),
                        found.keySet().stream()
                                .filter(code -> !LinkRule.codes().contains(code))
                                .sorted())
                .map(code -> found.getOrDefault(code, new Count(code, 0, 0, 0, 0, 0)))
                .toList();
    }

    private static Count count(ResultSet row) throws SQLException {
        return new Count(
                row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6));
    }

    private static void run(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.execute();
        }
    }

    private static String sql(String name) {
        try (InputStream in = Linking.class.getResourceAsStream(ROOM + name + ".sql")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException fault) {
            throw new UncheckedIOException("the statements are part of the jar", fault);
        }
    }
}
