package isthmus.serve;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** What the data service reads from the store, through few connections of its own that only read. */
@Component
public final class Reads {
    private static final String CANCELLED = "57014";

    private final DataSource store;

    Reads(@Qualifier("serve") DataSource store) {
        this.store = store;
    }

    /** A question to the store. */
    @FunctionalInterface
    public interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }

    /** Asks one statement that is a transaction by itself: one way to the store and back instead of three. */
    public <T> T once(Question<T> question) {
        return connected(connection -> {
            connection.setAutoCommit(true);
            return question.ask(connection);
        });
    }

    /** Asks one statement, or several that need not see the same moment. */
    public <T> T ask(Question<T> question) {
        return connected(connection -> ended(connection, question));
    }

    /** Asks several statements that all see one moment. */
    public <T> T together(Question<T> question) {
        return connected(connection -> {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            return ended(connection, question);
        });
    }

    private static <T> T ended(Connection connection, Question<T> question) throws SQLException {
        T answer = question.ask(connection);
        // After a fault the pool does it, and what it then says does not hide the fault.
        connection.rollback();
        return answer;
    }

    /** What a question changes about its connection, the pool puts back. */
    private <T> T connected(Question<T> question) {
        try (Connection connection = store.getConnection()) {
            return question.ask(connection);
        } catch (SQLException fault) {
            throw refused(fault);
        }
    }

    /** What a fault of the store is to who asked; an {@link IllegalStateException} where it is ours. */
    static RuntimeException refused(SQLException fault) {
        if (fault instanceof SQLTransientConnectionException) {
            return fault.getCause() == null
                    ? Refused.busy("all connections to the store are taken")
                    : Refused.storeAway();
        }
        String state = String.valueOf(fault.getSQLState());
        if (state.equals(CANCELLED)) {
            return Refused.slow("the store was asked for too much");
        }
        return state.startsWith("08") || state.startsWith("57P")
                ? Refused.storeAway()
                : new IllegalStateException("the store refuses a question, SQLSTATE " + state, fault);
    }
}
