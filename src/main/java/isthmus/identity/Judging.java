package isthmus.identity;

import isthmus.identity.IdentityRules.Crosswalk;
import isthmus.identity.match.Model;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Judges every pair that a rule or a likeness has found among the records, the links and the likenesses that it is shown,
 * and writes into the log what differs from what stands there. By night it is shown all of them, between nights those around
 * the records that have changed.
 */
final class Judging {
    private final IdentityRules rules;

    Judging(IdentityRules rules) {
        this.rules = rules;
    }

    /** What is done in one transaction. */
    interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    /** All or nothing, at one moment. */
    static <T> T transaction(DataSource store, Work<T> work) throws SQLException {
        try (Connection connection = store.getConnection()) {
            int isolation = connection.getTransactionIsolation();
            PGConnection postgres = connection.unwrap(PGConnection.class);
            int threshold = postgres.getPrepareThreshold();
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            // A statement that the server has kept means the table that it once meant, whatever goes before it by now.
            postgres.setPrepareThreshold(0);
            try {
                T result = work.in(connection);
                connection.commit();
                return result;
            } finally {
                connection.rollback();
                postgres.setPrepareThreshold(threshold);
                connection.setAutoCommit(true);
                connection.setTransactionIsolation(isolation);
            }
        }
    }

    /** To be called first in the transaction: a second one sees what the first has written. */
    static void begin(Connection connection, String patience) throws SQLException {
        // Before the first look: whoever has waited for another must see what that one wrote.
        Statements.run(connection, "lock table link_log in share row exclusive mode" + patience);
        // Compiling a plan takes longer than running it, as long as nobody knows how large the tables are.
        Statements.run(connection, "set local jit = off");
        Statements.run(connection, "set local work_mem = '64MB'");
    }

    /** What the configuration says, where statements can read it. */
    void declare(Connection connection) throws SQLException {
        Statements.run(
                connection,
                "create temporary table link_crosswalk (customers text, field text, accounts text) on commit drop");
        for (Crosswalk one : rules.crosswalks()) {
            Statements.run(
                    connection,
                    "insert into link_crosswalk values (?, ?, ?)",
                    one.customers(),
                    one.field(),
                    one.accounts());
        }
        Statements.run(connection, Statements.text("match-limits"));
        for (Model model : rules.models()) {
            Statements.run(
                    connection,
                    "insert into match_limit values (?, ?, ?, ?, ?)",
                    model.name(),
                    model.version(),
                    model.limits().link(),
                    model.limits().review(),
                    model.within().word());
        }
    }

    /** One verdict a pair. Returns the names as they were compared. */
    Names judge(Connection connection) throws SQLException {
        Statements.run(connection, Statements.text("records"));
        for (LinkRule rule : LinkRule.values()) {
            Statements.run(connection, Statements.text(rule.code()), rule.place());
        }
        Statements.run(connection, Statements.text("pairs"));
        Names names = new Names(rules.models());
        names.compare(connection);
        Statements.run(connection, Statements.text("verdicts"), LinkRule.MATCH.place(), LinkRule.ACCT_NO.place());
        return names;
    }

    /** What differs from what stands goes into the log. */
    static void log(Connection connection, @Nullable Long night, OffsetDateTime at) throws SQLException {
        Statements.run(connection, Statements.text("changes"), (Object)
                LinkRule.codes().toArray(String[]::new));
        Statements.run(connection, Statements.text("log"), LinkRule.VERSION, night, at);
    }
}
