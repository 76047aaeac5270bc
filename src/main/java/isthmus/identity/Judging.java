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
        T in(Session session) throws SQLException;
    }

    /** All or nothing, at one moment. */
    static <T> T transaction(DataSource store, Work<T> work) throws SQLException {
        try (Connection connection = store.getConnection()) {
            // A statement that the server has kept means the table that it once meant, whatever goes before it by now.
            return within(Session.ending(connection), 0, work);
        }
    }

    /** @param planned how often a statement is planned before the server keeps its plan; never for 0 */
    static <T> T within(Session session, int planned, Work<T> work) throws SQLException {
        Connection connection = session.connection();
        int isolation = connection.getTransactionIsolation();
        PGConnection postgres = connection.unwrap(PGConnection.class);
        int threshold = postgres.getPrepareThreshold();
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        postgres.setPrepareThreshold(planned);
        try {
            T result = work.in(session);
            connection.commit();
            return result;
        } finally {
            connection.rollback();
            postgres.setPrepareThreshold(threshold);
            connection.setAutoCommit(true);
            connection.setTransactionIsolation(isolation);
        }
    }

    /** To be called first in the transaction: a second one sees what the first has written. */
    static void begin(Session session, String patience) throws SQLException {
        // Before the first look: whoever has waited for another must see what that one wrote.
        session.run("lock table link_log in share row exclusive mode" + patience);
        // Compiling a plan takes longer than running it, as long as nobody knows how large the tables are.
        session.run("set local jit = off");
        session.run("set local work_mem = '64MB'");
    }

    /** What the configuration says, where statements can read it. */
    void declare(Session session) throws SQLException {
        session.run("create temporary table link_crosswalk (customers text, field text, accounts text) on commit drop");
        for (Crosswalk one : rules.crosswalks()) {
            session.run("insert into link_crosswalk values (?, ?, ?)", one.customers(), one.field(), one.accounts());
        }
        session.run(Statements.text("match-limits"));
        for (Model model : rules.models()) {
            session.run(
                    "insert into match_limit values (?, ?, ?, ?, ?)",
                    model.name(),
                    model.version(),
                    model.limits().link(),
                    model.limits().review(),
                    model.within().word());
        }
    }

    /** One verdict a pair. Returns the names as they were compared. */
    Names judge(Session session, Kept kept) throws SQLException {
        session.run(Statements.text("records"));
        for (LinkRule rule : LinkRule.values()) {
            session.run(Statements.text(rule.code()), rule.place());
        }
        session.run(Statements.text("pairs"));
        Names names = new Names(rules.models(), kept);
        names.compare(session);
        session.run(Statements.text("verdicts"), LinkRule.MATCH.place(), LinkRule.ACCT_NO.place());
        return names;
    }

    /** What differs from what stands goes into the log. */
    static void log(Session session, @Nullable Long night, OffsetDateTime at) throws SQLException {
        session.run(Statements.text("changes"), (Object) LinkRule.codes().toArray(String[]::new));
        session.run(Statements.text("log"), LinkRule.VERSION, night, at);
    }
}
