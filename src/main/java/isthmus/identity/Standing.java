package isthmus.identity;

import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection with tables that stand, taken out of the pool when it is first wanted, and never given back to others. */
final class Standing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Standing.class);

    /** Nobody cleans temporary tables but who has them, and a server does not go on for ever beside a table that is never cleaned. */
    private static final Duration LONGEST = Duration.ofMinutes(30);

    /** How often a statement is planned anew before the server keeps its plan: its tables are the same from then on. */
    private static final int PLANNED = 2;

    private final DataSource store;
    private @Nullable Session session;
    private long since;

    Standing(DataSource store) {
        this.store = store;
    }

    /** All or nothing, at one moment; one after another. After a fault nothing stands any more. */
    synchronized <T> T transaction(Judging.Work<T> work) throws SQLException {
        if (session != null && System.nanoTime() - since > LONGEST.toNanos()) {
            close();
        }
        if (session == null) {
            session = Session.standing(store.getConnection());
            session.run("set plan_cache_mode = force_generic_plan");
            since = System.nanoTime();
        }
        boolean isWhole = false;
        try {
            T result = Judging.within(session, PLANNED, work);
            isWhole = true;
            return result;
        } finally {
            if (!isWhole) {
                close();
            }
        }
    }

    @Override
    public synchronized void close() throws SQLException {
        Session ended = session;
        session = null;
        if (ended != null) {
            // Given back, it would show its empty tables to others in place of the real ones.
            ended.connection().abort(Runnable::run);
            try {
                ended.connection().close();
            } catch (SQLException gone) {
                LOG.debug("the pool hears that the connection is gone", gone);
            }
        }
    }
}
