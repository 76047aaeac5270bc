package isthmus.serve;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * What the data service reads from the store: few connections of its own, each question in one transaction that only reads
 * and sees one moment.
 */
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

    /** Asks one statement, or several that need not see the same moment. */
    public <T> T ask(Question<T> question) {
        return ask(question, Connection.TRANSACTION_READ_COMMITTED);
    }

    /** Asks several statements that all see one moment. */
    public <T> T together(Question<T> question) {
        return ask(question, Connection.TRANSACTION_REPEATABLE_READ);
    }

    private <T> T ask(Question<T> question, int isolation) {
        try (Connection connection = store.getConnection()) {
            connection.setTransactionIsolation(isolation);
            T answer = question.ask(connection);
            // After a fault the pool does it, and what it then says does not hide the fault.
            connection.rollback();
            return answer;
        } catch (SQLTransientConnectionException busy) {
            throw busy.getCause() == null
                    ? Refused.busy("all connections to the store are taken")
                    : Refused.storeAway();
        } catch (SQLException fault) {
            throw refused(fault);
        }
    }

    private static RuntimeException refused(SQLException fault) {
        String state = String.valueOf(fault.getSQLState());
        if (state.equals(CANCELLED)) {
            return Refused.slow("the store was asked for too much");
        }
        return state.startsWith("08") || state.startsWith("57P")
                ? Refused.storeAway()
                : new IllegalStateException("the store refuses a question, SQLSTATE " + state, fault);
    }
}
