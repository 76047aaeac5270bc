package isthmus.store;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;

/** One transaction on one connection; everything or nothing, and failures as Spring's unchecked ones. */
final class Transaction {
    /** What is done inside. */
    interface Work<R> {
        R in(Connection connection) throws SQLException;
    }

    private Transaction() {}

    static <R> R run(DataSource source, String task, Work<R> work) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                R result = work.in(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException | Error failure) {
                rollBack(connection, failure);
                throw failure;
            } finally {
                restore(connection);
            }
        } catch (SQLException failure) {
            DataAccessException known = new SQLStateSQLExceptionTranslator().translate(task, null, failure);
            throw known != null ? known : new UncategorizedSQLException(task, null, failure);
        }
    }

    /**
     * Waits until this transaction is the only one that writes these entities of a system. In the order of the keys, so
     * that two transactions never wait for each other.
     */
    static void single(Connection connection, String system, Collection<String> entities) throws SQLException {
        List<Integer> keys =
                entities.stream().map(String::hashCode).distinct().sorted().toList();
        try (PreparedStatement lock = connection.prepareStatement("select pg_advisory_xact_lock(?, ?)")) {
            for (int key : keys) {
                lock.setInt(1, system.hashCode());
                lock.setInt(2, key);
                lock.execute();
            }
        }
    }

    /** Text that PostgreSQL can hold: it has no NUL. */
    static String clean(String text) {
        return text.indexOf('\0') < 0 ? text : text.replace('\0', '?');
    }

    static Array texts(Connection connection, Collection<String> values) throws SQLException {
        return connection.createArrayOf(
                "text", values.stream().map(Transaction::clean).toArray());
    }

    private static void rollBack(Connection connection, Throwable failure) {
        try {
            connection.rollback();
        } catch (SQLException lost) {
            failure.addSuppressed(lost);
        }
    }

    private static void restore(Connection connection) throws SQLException {
        if (!connection.isClosed()) {
            connection.setAutoCommit(true);
        }
    }
}
