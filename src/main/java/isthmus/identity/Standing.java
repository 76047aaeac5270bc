package isthmus.identity;

import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A connection with tables that stand, opened when it is first wanted, and for nothing else. */
final class Standing implements AutoCloseable {
    /** Nobody cleans temporary tables but who has them, and a server does not go on for ever beside a table that is never cleaned. */
    private static final Duration LONGEST = Duration.ofMinutes(30);

    /** How often a statement is planned anew before the server keeps its plan: its tables are the same from then on. */
    private static final int PLANNED = 2;

    private final DataSource store;
    private @Nullable Session session;
    private long since;

    /** @param store whose connections are of no pool, since they show empty tables in place of the real ones */
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
            ended.connection().close();
        }
    }
}
